"""Files as tables of text, compressed or not, and the dates and durations in them."""
