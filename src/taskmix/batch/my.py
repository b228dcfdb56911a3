"""The page of one person, for them alone: what the log holds of them, and what it says."""

MY_FOLDER = "my"
