"""Which column of an unknown table fills which of the task log's, and what stays open."""

import math
from dataclasses import dataclass, field

from taskmix.ingest.proposing.columnfacts import Facts, best_by_name, column_facts
from taskmix.ingest.proposing.openquestions import open_questions
from taskmix.ingest.proposing.timecolumns import TimeColumns, time_columns
from taskmix.ingest.tables.texttable import TextTable
from taskmix.settings import Settings
from taskmix.taxonomy import TermKind, parse_terms

#: Below so many records, no repeated value says little about an id.
_ENOUGH_FOR_IDS = 30
_FIRST = {("first", "name"), ("firstname",), ("vorname",), ("given", "name"), ("prenom",)}
_LAST = {("last", "name"), ("lastname",), ("nachname",), ("surname",), ("family", "name")}
_TERMS: dict[str, TermKind] = {
    "tag": "category", "performer": "performer", "ai_mode": "ai_mode", "oversight": "oversight",
    "wish": "wish",
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """The columns that fill one of the task log's, and what they were told by.

    `separator` is the mark between labels.
    """

    columns: tuple[str, ...]
    why: str
    separator: str = ","


@dataclass
class Recognised:
    """An unknown table in the task log's terms.

    Attributes
    ----------
    columns : dict of str to Choice
        By column of the task log; without times and hours.
    times : TimeColumns
        Start, end and hours.
    undecided : dict of str to str
        What a person has to decide, by column or setting, in words.
    n_without_start : int
        Records whose start is empty.
    unused : list of str
        Columns of the file that fill nothing.
    """

    columns: dict[str, Choice]
    times: TimeColumns
    undecided: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    n_without_start: int = 0


def recognise(table: TextTable, settings: Settings) -> Recognised:
    """Recognise the columns of a table by their names and cells; each is used once."""
    facts = column_facts(table)
    person = _person(facts)
    times = time_columns(table, facts, person=person.columns[0] if person else None)
    found = Recognised({}, times)
    used = {
        *(times.start.columns if times.start else ()),
        *(times.end.columns if times.end else ()),
        *((times.hours.column,) if times.hours else ()),
    }

    def take(role: str, choice: Choice | None) -> None:
        if choice is not None:
            found.columns[role] = choice
            used.update(choice.columns)

    def free(*kinds: str) -> dict[str, Facts]:
        return {n: f for n, f in facts.items() if n not in used and f.kind in kinds}

    take("person", person)
    for role in _TERMS:
        take(role, _by_terms(table, free("text", "flag"), role, settings))
    take("title", _title(free("text")))
    for role in ("project", "team", "department"):
        take(role, _group(free("text", "number"), role))
    _take_id(found, table, facts, free("text", "number", "epoch"))
    used.update(*(choice.columns for choice in found.columns.values()))
    for role in ("parent_id", "tagger", "collaborators", "labels"):
        if role != "labels" or "tag" not in found.columns:
            take(role, _named(table, free("text"), role))
    if times.start:
        found.n_without_start = int(table.records[times.start.columns[0]].isna().sum())
    found.unused = [name for name in facts if name not in used]
    found.undecided |= open_questions(found.columns, times, found.unused, facts)
    if settings.workspace.personal:
        found.undecided.pop("person", None)
    return found


def _person(facts: dict[str, Facts]) -> Choice | None:
    able = {n: f for n, f in facts.items() if f.kind in {"text", "number"} and f.repeats}
    first = next((f for f in able.values() if f.words in _FIRST), None)
    last = next((f for f in able.values() if f.words in _LAST), None)
    others = {n: f for n, f in able.items() if f not in (first, last)}
    best = best_by_name(others, "person")
    if first and last and (best is None or best.score("person") < 90):
        return Choice((first.name, last.name), "by their names")
    return _said(best, "people") if best else None


def _said(facts: Facts, what: str) -> Choice:
    return Choice((facts.name,), f"by its name; {what}: {facts.n_distinct:,}")


def _by_terms(
    table: TextTable, columns: dict[str, Facts], role: str, settings: Settings
) -> Choice | None:
    """Take a column all of whose cells are terms that taskmix or ``[tags]`` knows."""
    for facts in columns.values():
        if facts.n_distinct > 200 or (role == "wish" and not facts.score("wish")):
            continue
        cells = table.records[facts.name].dropna().drop_duplicates()
        terms, unknown = parse_terms(
            cells, _TERMS[role], extra=settings.tags if role == "tag" else None
        )
        if terms.notna().any() and not unknown.any():
            return Choice((facts.name,), f"all of its {len(cells)} different values are known")
    return None


def _title(columns: dict[str, Facts]) -> Choice | None:
    def rank(facts: Facts) -> float:
        varied = 5 * math.log2(min(max(facts.n_distinct, 1), 1000))
        return facts.score("title") + varied * (0.4 + 0.6 * facts.filled)

    named = [f for f in columns.values() if f.score("title") >= 10]
    if named:
        best = max(named, key=rank)
        return _said(best, "different texts")
    texts = [f for f in columns.values() if f.n_distinct > 1 and f.length >= 8 and f.filled > 0.5]
    if not texts:
        return None
    best = max(texts, key=lambda f: f.length * math.log2(1 + f.n_distinct))
    return Choice(
        (best.name,),
        f"by its cells, the most varied texts; different ones: {best.n_distinct:,}",
    )


def _group(columns: dict[str, Facts], role: str) -> Choice | None:
    best = best_by_name({n: f for n, f in columns.items() if f.repeats}, role, at_least=40)
    return _said(best, "different ones") if best else None


def _is_position(table: TextTable, facts: Facts) -> bool:
    numbers = {str(n) for n in range(facts.n_records + 1)}
    return facts.kind == "number" and bool(table.records[facts.name].isin(numbers).all())


def _named(table: TextTable, columns: dict[str, Facts], role: str) -> Choice | None:
    best = best_by_name({n: f for n, f in columns.items() if f.length < 120}, role, at_least=38)
    if best is None:
        return None
    if role == "labels":
        cells = table.records[best.name]
        # Lists in JSON are joined by "; " when they are read.
        mark = max(",;|", key=lambda mark: int(cells.str.contains(mark, regex=False).sum()))
        why = "by its name; name in [tags] those that mean a category"
        return Choice((best.name,), why, separator=mark)
    return Choice((best.name,), "by its name")


def _take_id(
    found: Recognised, table: TextTable, facts: dict[str, Facts], free: dict[str, Facts]
) -> None:
    """Take the tool's own id: by its name, and only if no two records have the same."""
    whole = {n: f for n, f in free.items() if f.n_filled == f.n_records and f.score("id") >= 50}
    person = found.columns.get("person")
    for facts_of_id in sorted(whole.values(), key=lambda f: f.score("id"), reverse=True):
        names: tuple[str, ...] = (facts_of_id.name,)
        if _is_position(table, facts_of_id):
            found.undecided["id"] = (
                f"{facts_of_id.name} counts the records of this file; another export would count "
                "anew, so it is no lasting id"
            )
            continue
        if facts_of_id.n_distinct < facts_of_id.n_records:
            if person is None or table.records[[*names, *person.columns]].duplicated().any():
                continue
            names = (*names, *person.columns)
        if facts_of_id.score("id") < 85 and facts_of_id.n_records < _ENOUGH_FOR_IDS:
            found.undecided["id"] = (
                f"{' and '.join(names)} repeats in none of the {facts_of_id.n_records} records, "
                "which is too few to tell; map it only if it is one per task and person"
            )
            return
        together = " together" if len(names) > 1 else ""
        found.columns["id"] = Choice(
            names,
            f"no two of {facts_of_id.n_records:,} records have the same{together}; it must be the "
            "tool's own lasting one, one per task and person",
        )
        return
