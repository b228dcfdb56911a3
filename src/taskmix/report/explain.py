"""What the words of a page mean, and how its figures were made."""

from taskmix.language import capital, number, shortest, tr
from taskmix.measures.estimation import USUAL_AUDIT, half_width
from taskmix.taxonomy import load_codebook


def mix_glossary() -> list[tuple[str, str]]:
    """Explain the words of the page, with units."""
    categories = [
        (capital(tr(entry.category)), tr(entry.definition)) for entry in load_codebook().entries
    ]
    return [
        *categories,
        (
            tr("Human hours"),
            tr("Hours that people logged. Hours an AI worked alone are not among them."),
        ),
        (
            tr("Share"),
            tr("Part of human hours, 0–100%, estimated from tags and the sorter’s probabilities."),
        ),
        (
            tr("Unsure"),
            tr("Neither tagged by a person nor sorted with enough certainty; in every total."),
        ),
        (
            tr("AI’s part of execution"),
            tr(
                "Tasks done by AI alone, of the execution tasks whose performer is known. "
                "Counted in tasks, an agent’s steps as one."
            ),
        ),
        (tr("Point"), tr("One hundredth of the whole: from 40% to 43% is 3 points.")),
    ]


def mix_method(
    *, long_tasks: str, sure_at: float, min_people: int, personal: bool, audited: bool = False
) -> list[str]:
    """Say how the page's figures were made."""
    where = {"start": tr("on the day they started"), "end": tr("on the day they ended"),
             "evenly": tr("evenly over their days")}[long_tasks]  # fmt: skip
    return [
        tr(
            "**Hours** are added up by the tag a person gave, or else by the category the "
            "sorter was sure of: probable enough to have been right often enough on later "
            "tasks, or at least {sure_at} where that cannot be measured yet. All else is "
            "*unsure*. Tasks of several days count {where}. Tasks without a duration are "
            "counted and add no hours.",
            sure_at=shortest(sure_at),
            where=where,
        ),
        audited_method() if audited else share_method(),
        people_shown(min_people=min_people, personal=personal),
    ]


def share_method() -> str:
    """Say how shares of hours were estimated."""
    return tr(
        "**Shares** spread each untagged task’s hours over the four categories by the "
        "sorter’s probabilities. They carry the sorter’s mistakes and are not audited, "
        "so they have no interval: about {tasks} tasks labelled blind would earn "
        "one of roughly ±{points} points.",
        tasks=number(USUAL_AUDIT),
        points=number(100 * half_width(USUAL_AUDIT), 0),
    )


def audited_method() -> str:
    """Say how shares of hours were estimated where an audit corrects them."""
    return tr(
        "**Shares** of an audited period are prediction-powered estimates: a random "
        "sample of tasks, drawn in proportion to hours and labelled blind, tells by how "
        "much the sorter’s probabilities are off, and corrects them. Of 95% intervals, "
        "95 in 100 hold what blind labels of all these hours would say; intervals of "
        "changes also allow for other people having been there. Tasks that nobody "
        "answered are represented by answered ones of the same team and workload. "
        "Periods without an audit have the sorter’s own shares and no interval."
    )


def people_shown(*, min_people: int, personal: bool) -> str:
    """Say which groups a page leaves out."""
    if personal:
        return tr("This is a personal workspace: nothing is hidden for being a small group.")
    return tr(
        "Groups of fewer than {min_people} people, or where one person has more than "
        "half of the hours, are shown together or not at all, and so is a group whose "
        "figures would give a small one away. One release plan decides for all pages of "
        "a period.",
        min_people=number(min_people),
    )
