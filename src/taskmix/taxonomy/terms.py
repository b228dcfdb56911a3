"""The words taskmix uses for kinds of work, who performs it and how AI takes part."""

from enum import StrEnum

from taskmix.language import noted


class Category(StrEnum):
    """The four kinds of work that a task is tagged as."""

    EXECUTION = "execution"
    JUDGMENT = "judgment"
    CREATIVE = "creative"
    CONNECTIVE = "connective"


class Performer(StrEnum):
    """Who carried a task out. ``unknown`` is a value of its own, never zero."""

    HUMAN = "human"
    AI = "ai"
    BOTH = "both"
    UNKNOWN = "unknown"


class AiMode(StrEnum):
    """How people work with AI on a task: automation (first two) or augmentation."""

    DIRECTIVE = "directive"
    FEEDBACK_LOOP = "feedback_loop"
    TASK_ITERATION = "task_iteration"
    LEARNING = "learning"
    VALIDATION = "validation"


class Oversight(StrEnum):
    """The part of overseeing AI that a task consists of."""

    PROMPTING = "prompting"
    CHECKING = "checking"
    REWORK = "rework"
    WAITING = "waiting"


class Wish(StrEnum):
    """Whether the person would like this task to be automated."""

    YES = "yes"
    NO = "no"


#: The categories in the order in which every table and chart shows them.
CATEGORIES: tuple[str, ...] = tuple(c.value for c in Category)

#: The label of a task that neither a person tagged nor the sorter was sure about.
UNSURE = "unsure"

#: The oversight of a task that is none of it.
NO_OVERSIGHT = "none"

#: Labels of the accounting view: the four categories and ``unsure``.
LABELS: tuple[str, ...] = (*CATEGORIES, UNSURE)

#: What a page calls the labels; `taskmix.language.tr` says them.
LABEL_WORDS: tuple[str, ...] = (
    noted("execution"),
    noted("judgment"),
    noted("creative"),
    noted("connective"),
    noted("unsure"),
)

PERFORMERS: tuple[str, ...] = tuple(p.value for p in Performer)

#: A category has its colour everywhere: chart, figure, tagging sheet, notebook. Light, dark.
COLOURS: dict[str, tuple[str, str]] = {
    "execution": ("#8a94a3", "#9aa4b3"),
    "judgment": ("#0072b2", "#4ea8de"),
    "creative": ("#d55e00", "#f0803c"),
    "connective": ("#009e73", "#35c497"),
    "ai": ("#a0568c", "#cf8bbd"),
    "unsure": ("#d9dde3", "#3a424c"),
    "ink": ("#16191d", "#e9ecf0"),
    "soft": ("#5b6470", "#9aa4b1"),
    "line": ("#e3e6ea", "#2b3138"),
    "paper": ("#ffffff", "#121519"),
    "wash": ("#f6f7f9", "#1a1e24"),
}

#: Colours too light to write words in on paper have a darker one for that. Light, dark.
TEXT_COLOURS: dict[str, tuple[str, str]] = {
    **COLOURS,
    "execution": COLOURS["soft"],
    "unsure": COLOURS["soft"],
    "creative": ("#b54f00", COLOURS["creative"][1]),
    "connective": ("#007d5b", COLOURS["connective"][1]),
}
