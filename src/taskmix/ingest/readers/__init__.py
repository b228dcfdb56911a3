"""One reader per tool, and what readers of one kind share."""
