"""Words that come with AI: what the same kind of work is called after the roll-out.

Some of them named another kind of work before, so that a sorter that learned from earlier tags
errs more on later tasks.
"""

NEW_TEMPLATES: dict[str, tuple[str, ...]] = {
    "execution": (
        "queue {thing} for the copilot", "agent run {thing} {when}", "hand {thing} to the bot",
        "review run {thing}", "prompt chain {thing}", "draft {thing} with copilot",
        "approve + send generated {thing}", "{client}: generated {thing} out",
        "template pass {project}", "bulk generate {thing}", "paste assistant text {client}",
        "batch {ref} via assistant", "sort generated {thing}", "auto {thing} upload",
    ),
    "judgment": (
        "pick from 3 drafts {thing}", "trust the answer on {thing}?", "assistant vs. us {ref}",
        "what to hand over in {project}", "is the generated {thing} ok", "model answer {client} ?",
        "decide on bot limits {project}", "set bar for {thing}", "which {thing} stays with us",
        "judge variants {thing}", "policy for assistant {when}", "weigh copilot result {ref}",
    ),
    "creative": (
        "variations of {thing}", "remix {project} {when}", "co-write {thing}",
        "jam with assistant {project}", "wild prompts {client}", "turn {thing} on its head",
        "moodboard from generated {thing}", "{project}: ten odd angles", "reshape draft {thing}",
        "new voice for {client}", "invent prompts {project}",
    ),
    "connective": (
        "AI clinic {who}", "show {who} the new way", "copilot questions {who}",
        "swap prompts with {who}", "{project} demo for {who}", "calm {who} re assistant",
        "open hour {when}", "pair with {who} on {thing}", "hear {client} on the bot",
        "agree on {thing} with {who}", "{client} wants a human",
    ),
}  # fmt: skip
