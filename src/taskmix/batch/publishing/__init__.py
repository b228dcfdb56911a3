"""Where pages go: on the site, a period at once, or with the analyst."""
