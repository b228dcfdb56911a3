"""The codebook: what each category means, in words that a person can tag by.

Its text lies in ``codebook.toml`` beside this module. ``docs/codebook.md`` is made from it::

    python -m taskmix.taxonomy > docs/codebook.md
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

from taskmix.errors import TaxonomyError
from taskmix.taxonomy.terms import CATEGORIES, PERFORMERS


@dataclass(frozen=True)
class CodebookEntry:
    """One category as the codebook describes it.

    Attributes
    ----------
    category : str
        One of the four categories.
    definition : str
        One or two sentences.
    belongs, does_not_belong : tuple of str
        Kinds of task. Each of ``does_not_belong`` ends with the category it goes to instead.
    examples : tuple of str
        Task titles as people write them, from several professions.
    cue_words : tuple of str
        One or two words each, lower case, base form. They carry the sorter's first guess.
    """

    category: str
    definition: str
    belongs: tuple[str, ...]
    does_not_belong: tuple[str, ...]
    examples: tuple[str, ...]
    cue_words: tuple[str, ...]


@dataclass(frozen=True)
class Border:
    """A ruling for tasks that could stand under either of two categories.

    Attributes
    ----------
    between : tuple of two str
        The two categories.
    question, ruling : str
        What people ask, and the answer that taggers agree to keep to.
    example : str
        A task title to which the ruling applies.
    goes_to : str
        The category of the example.
    """

    between: tuple[str, str]
    question: str
    ruling: str
    example: str
    goes_to: str


@dataclass(frozen=True)
class Codebook:
    """The four entries, the rulings between them and the meaning of each performer.

    Attributes
    ----------
    entries : tuple of CodebookEntry
        In the order of ``CATEGORIES``.
    borders : tuple of Border
        At least one for each of the six pairs of categories.
    performers : tuple of (str, str)
        Performer and definition, in the order of ``PERFORMERS``.
    """

    entries: tuple[CodebookEntry, ...]
    borders: tuple[Border, ...]
    performers: tuple[tuple[str, str], ...]

    def __getitem__(self, category: str) -> CodebookEntry:
        """Return the entry of one category.

        Raises
        ------
        TaxonomyError
            If there is no such category.
        """
        for entry in self.entries:
            if entry.category == category:
                return entry
        raise TaxonomyError(
            f"{category!r} is no category of the codebook; it has {', '.join(CATEGORIES)}."
        )


@cache
def load_codebook() -> Codebook:
    """Read the codebook that taskmix ships; later calls return the same object.

    Returns
    -------
    Codebook

    Examples
    --------
    >>> load_codebook()["creative"].definition.split(":")[0]
    'Bringing forth something that did not exist and was not specified'
    """
    text = files("taskmix.taxonomy").joinpath("codebook.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    return Codebook(
        entries=tuple(
            CodebookEntry(
                category=category,
                definition=raw[category]["definition"].strip(),
                belongs=tuple(raw[category]["belongs"]),
                does_not_belong=tuple(raw[category]["does_not_belong"]),
                examples=tuple(raw[category]["examples"]),
                cue_words=tuple(raw[category]["cue_words"]),
            )
            for category in CATEGORIES
        ),
        borders=tuple(
            Border(
                between=(border["between"][0], border["between"][1]),
                question=border["question"],
                ruling=border["ruling"],
                example=border["example"],
                goes_to=border["goes_to"],
            )
            for border in raw["borders"]
        ),
        performers=tuple((name, raw["performer"][name]) for name in PERFORMERS),
    )


def codebook_markdown() -> str:
    """Write the codebook as the Markdown page ``docs/codebook.md``.

    Returns
    -------
    str
        The whole page, ending with a line break.
    """
    book = load_codebook()
    parts = [
        "# Codebook",
        "What the four categories mean, and how to decide where two of them meet. Tag a task by "
        "what it is for, not by the tool it was done in; where a task holds several kinds of "
        "work, by the kind that took most of its time.",
        *(_entry_markdown(entry) for entry in book.entries),
        "## Hard borders",
        *(
            _pair_markdown(pair, [b for b in book.borders if set(b.between) == set(pair)])
            for pair in combinations(CATEGORIES, 2)
        ),
        "## Who performed it",
        "\n".join(f"- **{name}**: {meaning}" for name, meaning in book.performers),
        "<!-- Written from src/taskmix/taxonomy/codebook.toml by "
        "`python -m taskmix.taxonomy > docs/codebook.md`. -->",
    ]
    return "\n\n".join(parts) + "\n"


def _entry_markdown(entry: CodebookEntry) -> str:
    return "\n\n".join(
        [
            f"## {entry.category.capitalize()}",
            entry.definition,
            "Belongs here:",
            "\n".join(f"- {line}" for line in entry.belongs),
            "Does not belong here:",
            "\n".join(f"- {line}" for line in entry.does_not_belong),
            "Examples:",
            "\n".join(f"- {line}" for line in entry.examples),
            f"Cue words: {', '.join(entry.cue_words)}.",
        ]
    )


def _pair_markdown(pair: tuple[str, str], borders: list[Border]) -> str:
    rulings = [
        f"**{border.question}** {border.ruling}\n"
        f"For example: “{border.example}” is {border.goes_to}."
        for border in borders
    ]
    return "\n\n".join([f"### {pair[0].capitalize()} or {pair[1]}", *rulings])
