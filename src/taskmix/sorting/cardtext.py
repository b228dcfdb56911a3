"""A model's card in words."""

from typing import Any

from taskmix.sorting.card import ModelCard


def card_text(card: ModelCard) -> str:
    """Write a model's card for people, as Markdown.

    Parameters
    ----------
    card : ModelCard

    Returns
    -------
    str
    """
    return "\n".join(
        [
            f"# Sorting model {card.model_id}",
            "",
            "Sorts tasks of a task log into execution, judgment, creative and connective work: "
            "TF-IDF of the title and the log's context in a linear classifier, on top of the "
            "codebook's cue words.",
            "",
            "## What it learned from",
            "",
            *_learned(card),
            "",
            "## How good it was on days to come",
            "",
            *_scores(card),
            "",
            "## What it assigns",
            "",
            *_assigns(card),
            "",
            "## What it is for, and what not",
            "",
            "- For shares of effort of groups, together with an audit; and for labels of tasks "
            "where the table above says so.",
            "- Not for evaluating individuals, nor for deciding anything about one person.",
            "- Not for a single task: a label close to its threshold is much less certain than "
            "the category's precision, and its probability stands beside it.",
            "- Tags are no random sample of the work, so these figures need not hold for "
            "untagged tasks; an audit tells.",
            "- It knows the words, projects and tools of this log up to its last tag. New work "
            "needs new tags, and `taskmix sort` to learn them.",
            "",
            "## How it was made",
            "",
            f"- Made {card.made_at}, edition {card.edition}, with "
            + ", ".join(f"{name} {number}" for name, number in card.versions.items()),
            "- Table versions: " + ", ".join(
                f"{name} {'none' if number is None else number}"
                for name, number in card.tables.items()
            ),
            "- Settings: " + ", ".join(f"{k} = {v:g}" for k, v in card.settings.items()),
            f"- Calibration: {_calibration(card.calibration)}",
            *(f"- SHA-256 of {name}: {digest}" for name, digest in sorted(card.sha256.items())),
            "",
        ]
    )  # fmt: skip


def _learned(card: ModelCard) -> list[str]:
    if card.cold_start:
        return [
            f"From no tag: among {card.n_tasks:,} tasks nobody had tagged one. The codebook's cue "
            "words alone give a first guess."
        ]
    return [
        f"{card.n_tagged:,} tagged tasks from {card.first_tag or 'unknown days'} to "
        f"{card.last_tag or 'unknown days'}, and the words of {card.n_tasks:,} tasks in all:",
        "",
        *(f"- {category}: {n:,}" for category, n in card.tagged.items()),
    ]


def _scores(card: ModelCard) -> list[str]:
    held = card.held_out
    beside = (
        "How often it agrees with tags of titles that it had not learned is not known."
        if held["accuracy"] is None
        else f"On {held['n_tasks']:,} tagged tasks whose titles it had not learned it agreed with "
        f"{held['accuracy']:.0%}."
    )
    if card.forward is None:
        return ["Not known: too few tags, on too few days, to learn from earlier ones and predict "
                "later ones.", "", beside]  # fmt: skip
    found = card.forward
    return [
        f"Sorters that knew only earlier days predicted {found['n_tasks']:,} tagged tasks from "
        f"{found['first_day']} on ({found['n_origins']} rounds):",
        "",
        f"- macro-F1 {found['macro_f1']:.3f}, accuracy {found['accuracy']:.3f}, log-loss "
        f"{found['log_loss']:.3f}",
        f"- calibration error (top label, 15 bins of equal mass) {found['ece']:.3f}",
        "",
        beside,
    ]


def _assigns(card: ModelCard) -> list[str]:
    lines = [
        f"A category is assigned where its probability reaches the threshold; the rest is unsure. "
        f"A threshold is earned on days to come, where the lower bound (95%, one-sided) of the "
        f"precision is at least {card.settings['precision']:g}.",
        "",
        "| category | assigned from | precision | lower bound | of its predictions |",
        "|---|---|---|---|---|",
    ]
    for row in card.thresholds:
        lines.append(
            f"| {row['category']} | {_from(row)} | {_number(row['precision'])} | "
            f"{_number(row['low'])} | {_coverage(row)} |"
        )
    return lines


def _from(row: dict[str, Any]) -> str:
    if row["threshold"] is None:
        return "never alone: no threshold is right often enough"
    return f"{row['threshold']:.2f}{'' if row['earned'] else ' (sure_at: not measured)'}"


def _coverage(row: dict[str, Any]) -> str:
    if not row["n_predicted"]:
        return "none to judge by"
    return f"{row['n_assigned']:,} of {row['n_predicted']:,}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _calibration(found: dict[str, float]) -> str:
    if not found["n_tasks"]:
        return "none; too few forward predictions"
    return (
        f"temperature {found['temperature']:.3f}, slope {found['slope']:.3f}, fitted on "
        f"{found['n_tasks']:,} forward predictions"
    )
