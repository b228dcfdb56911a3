"""What the bench's teams, projects and places are called."""

from taskmix.synth import _vocabulary as words

#: Teams beside the sixteen of the demo, each with a department of `_vocabulary.THINGS`.
_MORE_TEAMS: tuple[tuple[str, str], ...] = (
    ("Treasury", "Finance"), ("Brand", "Marketing"), ("Warehouse", "Operations"),
    ("Security", "Technology"), ("Renewals", "Customers"), ("Controlling", "Finance"),
    ("Events", "Marketing"), ("Dispatch", "Operations"), ("Search", "Technology"),
    ("Complaints", "Customers"), ("Tax Desk", "Finance"), ("Press", "Marketing"),
    ("Workshop", "Operations"), ("Mobile", "Technology"), ("Partners", "Customers"),
    ("Collections", "Finance"), ("Research", "Marketing"), ("Inspection", "Operations"),
    ("Network", "Technology"), ("Training Desk", "Customers"), ("Audit Desk", "Finance"),
    ("Video", "Marketing"), ("Fleet", "Operations"), ("Testing", "Technology"),
)  # fmt: skip

#: Name and department of every team that a bench can have, in order.
TEAMS: tuple[tuple[str, str], ...] = (
    *((name, department) for name, department, _ in words.TEAMS),
    *_MORE_TEAMS,
)

#: Time zones of teams, and the days off of each (month, day). Invented, but none on a leap day.
HOLIDAYS: dict[str, tuple[str, ...]] = {
    "Europe/Berlin": ("01-01", "04-06", "05-01", "05-14", "10-03", "12-25", "12-26"),
    "Europe/Lisbon": ("01-01", "04-25", "05-01", "06-10", "08-15", "10-05", "12-25"),
    "America/New_York": ("01-01", "02-16", "05-25", "07-04", "09-07", "11-26", "12-25"),
    "Asia/Kolkata": ("01-26", "03-04", "08-15", "10-02", "10-20", "11-09", "12-25"),
}
TIME_ZONES: tuple[str, ...] = tuple(HOLIDAYS)
