"""What a workspace's ``taskmix.toml`` must say to read the invented organisation's logs."""

#: Tables to append to a ``taskmix.toml``; they end in a newline and name no other setting.
DEMO_MAPPING = """\
[tags]
"Kind: Execution" = "execution"    # Toggl
"Kind: Judgment" = "judgment"
"Kind: Creative" = "creative"
"Kind: Connective" = "connective"
"Routine" = "execution"            # Clockify
"Decision" = "judgment"
"Ideas" = "creative"
"People" = "connective"
"kind-execution" = "execution"     # Jira
"kind-judgement" = "judgment"
"kind-creative" = "creative"
"kind-connective" = "connective"

[performer.tag]
"Done by: Human" = "human"         # Toggl
"Done by: AI" = "ai"
"Done by: Human + AI" = "both"
"solo" = "human"                   # Clockify
"AI agent" = "ai"
"with AI" = "both"
"by-hand" = "human"                # Jira
"ai-agent" = "ai"
"ai-assisted" = "both"

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
