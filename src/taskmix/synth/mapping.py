"""What a workspace's ``taskmix.toml`` must say to read the invented organisation's logs."""

#: Tables to append to a ``taskmix.toml``; they end in a newline and name no other setting.
DEMO_MAPPING = """\
[tags]
"Kind: Execution" = "execution"
"Kind: Judgment" = "judgment"
"Kind: Creative" = "creative"
"Kind: Connective" = "connective"

[mapping.tracker]
files = ["demo_tasks_*.csv"]
source = "tracker"
date_format = "%Y-%m-%d %H:%M"

[mapping.tracker.columns]
id = "Ticket"
person = "Employee"
team = "Team"
department = "Department"
project = "Project"
title = "Task"
started_at = "Started"
ended_at = "Ended"
hours = "Hours"
performer = "Done by"
ai_mode = "AI mode"
oversight = "AI oversight"
parent_id = "Parent"
tag = "Kind of work"
collaborators = "With"
wish = "Automate?"
"""
