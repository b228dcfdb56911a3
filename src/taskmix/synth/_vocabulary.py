"""The words of the invented organisation: names, things and templates of titles.

A template's slots are ``{project}``, ``{client}``, ``{thing}`` (what the department works on),
``{who}``, ``{when}`` and ``{ref}`` (a ticket number). The same nouns serve all categories, so
that a title's category lies in what is done, and often only half so.
"""

#: Team, department, base mix in the order of ``CATEGORIES`` before any AI. An organisation
#: of n teams has the first n; the third gets AI last.
TEAMS: tuple[tuple[str, str, tuple[float, float, float, float]], ...] = (
    ("Billing", "Finance", (0.64, 0.18, 0.05, 0.13)),
    ("Studio", "Marketing", (0.45, 0.13, 0.28, 0.14)),
    ("Field Service", "Operations", (0.62, 0.14, 0.04, 0.20)),
    ("Platform", "Technology", (0.56, 0.19, 0.12, 0.13)),
    ("Helpdesk", "Customers", (0.60, 0.12, 0.04, 0.24)),
    ("Campaigns", "Marketing", (0.48, 0.14, 0.23, 0.15)),
    ("Claims", "Operations", (0.62, 0.21, 0.04, 0.13)),
    ("Data Desk", "Technology", (0.58, 0.20, 0.11, 0.11)),
    ("Key Accounts", "Customers", (0.44, 0.18, 0.09, 0.29)),
    ("Purchasing", "Finance", (0.57, 0.22, 0.05, 0.16)),
    ("Apps", "Technology", (0.57, 0.16, 0.15, 0.12)),
    ("Legal Desk", "Finance", (0.46, 0.34, 0.06, 0.14)),
    ("Logistics", "Operations", (0.64, 0.15, 0.05, 0.16)),
    ("Onboarding", "Customers", (0.52, 0.12, 0.08, 0.28)),
    ("Lab", "Technology", (0.42, 0.21, 0.25, 0.12)),
    ("Payroll", "Finance", (0.66, 0.17, 0.03, 0.14)),
)

PROJECTS: tuple[str, ...] = (
    "Heron", "Basalt", "Quince", "Lantern", "Osprey", "Tundra", "Marble", "Juniper", "Kestrel",
    "Cobalt", "Saffron", "Drift", "Ember", "Fjord", "Gantry", "Harbour", "Indigo", "Jetty",
    "Larch", "Mosaic", "Nimbus", "Opal", "Pylon", "Quarry", "Rowan", "Sorrel", "Thistle",
    "Umber", "Vellum", "Willow", "Yarrow", "Zephyr",
)  # fmt: skip

CLIENTS: tuple[str, ...] = (
    "ACME", "Norvik", "Tallowby", "Brightmoor", "Castellan", "Dunmarsh", "Elverum & Co",
    "Fenwater", "Gildenhall", "Hoxley", "Ironbeck", "Jasperline", "Kelstad", "Lowmere",
    "Mossgate", "Northolm", "Ostrava Foods", "Pelham Rail", "Quillon", "Ravensby",
)  # fmt: skip

THINGS: dict[str, tuple[str, ...]] = {
    "Finance": ("invoices", "VAT return", "ledger", "PO backlog", "credit notes", "contract",
                "supplier terms", "month end", "payslips", "accruals"),
    "Marketing": ("banner set", "newsletter", "landing page", "webinar", "brochure", "ad copy",
                  "mailing list", "trade fair stand", "video", "press kit"),
    "Operations": ("route plan", "case files", "spare parts", "shift roster", "damage photos",
                   "delivery notes", "site visit", "stock count", "claim forms", "van fleet"),
    "Technology": ("login service", "nightly job", "API", "warehouse tables", "dashboard",
                   "search index", "mobile app", "test suite", "backup", "release"),
    "Customers": ("ticket queue", "renewal", "help pages", "account notes", "SLA figures",
                  "complaint", "welcome pack", "call log", "quote", "user list"),
}  # fmt: skip

WHO: tuple[str, ...] = (
    "ops", "finance", "legal", "the vendor", "IT", "sales", "new starter", "works council",
    "board", "the Lisbon office", "support", "2nd line", "the agency", "product",
)  # fmt: skip

#: What a category's own titles say. A few say it outright, most do not.
TEMPLATES: dict[str, tuple[str, ...]] = {
    "execution": (
        "key in {thing}", "{thing} upload", "clean up {thing}", "{thing} {when} - run + file",
        "copy {thing} over to {project}", "fix broken {thing}", "process {thing} batch",
        "reconcile {thing} {when}", "export {thing} for {who}", "{client}: send out {thing}",
        "close {ref}", "{ref} bugfix", "migrate {thing} ({project})", "fill in {thing} template",
        "archive old {thing}", "merge dupes in {thing}", "tag + file {thing}",
        "chase missing {thing}",
        "update {thing} fields, {client}", "print & post {thing}", "format {thing}",
        "set up {thing} for {client}", "rerun failed {thing}", "transcribe {thing} notes",
        "book {thing} {when}", "enter {client} changes", "deploy {thing} to prod", "patch {thing}",
        "monthly {thing} numbers", "data entry {client}", "install {thing} @ {client}",
    ),
    "judgment": (
        "sign off {thing}", "go/no-go {project}", "decide on {thing} for {client}",
        "pick supplier f. {project}", "approve {thing} {when}", "weigh up options {project}",
        "risk look at {thing}", "prioritise {project} backlog", "{client} escalation - what to do",
        "second pair of eyes on {thing}", "audit {thing} sample", "is {ref} worth it?",
        "budget call {project}", "triage {thing}", "grade applicants {project}", "root cause {ref}",
        "compare quotes {client}", "accept or reject {thing}", "QA of {thing}",
        "check {thing} against policy", "assess {client} exposure", "estimate effort {ref}",
        "settle {client} dispute", "vet {thing}", "scope cut {project}",
        "exception request {client}",
        "forecast sanity check {when}", "rank {project} bids", "interpret {thing} {when}",
    ),
    "creative": (
        "first sketch {project}", "concept for {thing}", "name ideas {project}",
        "brainstorm {project} {when}", "storyboard {client}", "new layout {thing}",
        "prototype {project}", "write story for {thing}", "mood board {client}",
        "invent better {thing} flow", "what if {project}...", "tagline tries {client}",
        "rough mock-up {thing}", "blog piece on {project}", "pitch angle {client}",
        "sketch {thing} from scratch", "explore {project} look", "workshop design {client}",
        "dream up {when} campaign", "design {thing} v1", "illustrations {project}",
        "think through new {thing}", "draft vision {project}", "experiment: {thing}",
        "script for {thing}", "reimagine {thing}", "play w/ {project} idea",
    ),
    "connective": (
        "1:1 {who}", "catch-up with {who}", "standup {project}", "coffee w. {client}",
        "{project} kick off", "handover to {who}", "call {client} re {thing}", "retro {project}",
        "show {who} the {thing}", "mentoring {who}", "intro {client} <> {who}",
        "town hall {when}", "calm down {client}", "align {who} on {project}", "buddy time {who}",
        "weekly sync {who}", "onboard {who}", "negotiate w/ {client}", "thank {client}",
        "listen to {who} about {thing}", "steerco {project}", "team lunch {when}",
        "visit {client}", "phone {client}", "explain {thing} to {who}", "feedback talk {who}",
        "unblock {who}", "community call {project}", "jour fixe {client}",
    ),
}  # fmt: skip

#: Titles that several kinds of work go by, with how often each category uses them.
SHARED: tuple[tuple[str, tuple[float, float, float, float]], ...] = (
    ("{project} deck", (4, 1, 4, 1)),
    ("review {thing}", (3, 5, 1, 1)),
    ("{thing} draft", (4, 1, 4, 0.5)),
    ("prep {client} meeting", (3, 2, 1, 4)),
    ("{client} proposal", (2, 2, 4, 2)),
    ("{project} planning", (1, 4, 2, 3)),
    ("{ref} comments", (3, 3, 1, 3)),
    ("email {client} {thing}", (5, 1, 0.5, 4)),
    ("{thing} workshop", (0.5, 1, 4, 4)),
    ("test {thing}", (5, 3, 1, 0.2)),
    ("answers for {who}", (3, 2, 0.5, 4)),
    ("report {when} {project}", (5, 3, 1, 0.5)),
    ("check {thing}", (4, 5, 0.5, 0.5)),
    ("rework {thing}", (5, 2, 3, 0.2)),
    ("research {thing}", (3, 4, 3, 0.3)),
    ("{project} specs", (3, 3, 4, 0.5)),
    ("numbers for {who} {when}", (5, 4, 0.3, 1)),
    ("training {who}", (3, 0.5, 1, 5)),
)

#: Titles that say nothing about the kind of work.
NEUTRAL: tuple[str, ...] = (
    "follow up {client}", "misc", "{project}", "{ref}", "{client} stuff", "admin", "{thing}",
    "{thing} ctd.", "cont'd from yesterday", "todo list", "{client} / {thing}", "as discussed",
    "various {project}", "{project} - {thing}", "catching up", "see notes", "{thing} pt 2", "tbd",
)  # fmt: skip

#: Titles of work on AI's work, by part of the oversight.
OVERSIGHT: dict[str, tuple[str, ...]] = {
    "prompting": ("prompt for {thing}", "brief the bot on {thing}", "tune prompts {project}"),
    "checking": ("check bot output {thing}", "go over AI draft {client}", "spot check agent {ref}"),
    "rework": ("redo AI {thing}", "fix what the bot did {ref}", "repair AI draft {thing}"),
    "waiting": ("wait for agent {ref}", "bot run {thing} (idle)", "babysit agent {project}"),
}

#: What people shorten, and to what.
ABBREVIATIONS: tuple[tuple[str, str], ...] = (
    ("meeting", "mtg"), ("update", "upd"), ("with ", "w/ "), ("review", "rvw"), (" for ", " 4 "),
    ("planning", "plng"), ("weekly", "wkly"), ("monthly", "mthly"), ("report", "rpt"),
    ("check", "chk"), ("approve", "appr"), ("invoices", "inv."), ("contract", "contr."),
)  # fmt: skip
