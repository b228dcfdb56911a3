"""What labels tell: the category by ``[tags]``, the performer by ``[performer]``."""

from collections.abc import Mapping

import pandas as pd

from taskmix.ingest.protocol import Reader
from taskmix.ingest.texts import looked_up
from taskmix.settings import UNTAGGED, Settings
from taskmix.taxonomy import parse_terms

_UNKNOWN = "unknown"
_SEVERAL = "|"
_NAMED_MOST = 5


def label_separator(reader: Reader) -> str:
    """Return what separates the labels of a reader's column ``labels``."""
    mapping = getattr(reader, "mapping", None)
    return str(mapping.label_separator if mapping else getattr(reader, "label_separator", ","))


def with_categories(
    rows: pd.DataFrame, *, reader: Reader, settings: Settings
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Take the tag from labels that ``[tags]`` names, or that are a category's own name.

    Disagreeing labels give none.
    """
    if rows["labels"].isna().all():
        return rows, {}
    separator = label_separator(reader)
    meanings = _spelt_categories(rows["labels"], separator) | _by_text(settings.tags)
    found = _told(rows["labels"], meanings, separator, without=UNTAGGED)
    several = found.str.contains(_SEVERAL, regex=False, na=False)
    tagged = rows.assign(tag=rows["tag"].fillna(found.mask(several)))
    notes = _unnamed(rows["labels"], separator, {*meanings, *_by_text(settings.performer.tag)})
    if several.any():
        notes["several categories among the labels: left untagged"] = int(several.sum())
    return tagged, notes


def with_performers(
    rows: pd.DataFrame, raw_tag: pd.Series, *, reader: Reader, settings: Settings
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Tell the performer by the rules where the log itself does not: tag, project, person, reader.

    Labels that disagree leave it unknown, for the next rule to tell.
    """
    rules = settings.performer
    own = rows["performer"].mask(rows["performer"] == _UNKNOWN)
    separator = label_separator(reader)
    by_tag = _by_text(rules.tag)
    by_project, by_person = _by_text(rules.project), _by_text(rules.person)
    asked = [
        (rows["labels"], by_tag, separator),
        (raw_tag, by_tag, None),
        (rows["project"], by_project, None),
        *((rows[names], by_person, None) for names in ("name", "person_also", "canonical")),
    ]
    performer = own
    for texts, meanings, separated_by in asked:
        if not meanings or texts.isna().all():
            continue
        found = _told(texts, meanings, separated_by)
        performer = performer.fillna(
            found.mask(found.str.contains(_SEVERAL, regex=False, na=False))
        )
    performer = performer.fillna(
        _by_text(rules.reader).get(reader.name.casefold(), _UNKNOWN)
    ).astype("str")
    by_rule = int((own.isna() & (performer != _UNKNOWN)).sum())
    notes = {"performer told by [performer]": by_rule} if by_rule else {}
    return rows.assign(performer=performer), notes


def _spelt_categories(labels: pd.Series, separator: str) -> dict[str, str]:
    """Find the labels that spell a category themselves."""
    each = labels.dropna().str.split(separator, regex=False).explode().str.strip()
    distinct = pd.Series(each.unique(), dtype="str")
    terms, _ = parse_terms(distinct, "category")
    spelt = terms.notna()
    return dict(zip(distinct[spelt].str.casefold(), terms[spelt], strict=True))


def _by_text(rules: Mapping[str, str]) -> dict[str, str]:
    return {text.strip().casefold(): meaning for text, meaning in rules.items()}


def _told(
    texts: pd.Series, meanings: dict[str, str], separator: str | None, *, without: str = ""
) -> pd.Series:
    """Look every distinct text up, its labels one by one; several meanings are joined by ``|``."""

    def look_up(text: str) -> str | None:
        labels = [text] if separator is None else text.split(separator)
        found = {meanings.get(label.strip().casefold()) for label in labels} - {None, without}
        return _SEVERAL.join(sorted(map(str, found))) or None

    return looked_up(texts, {text: look_up(text) for text in texts.dropna().unique()})


def _unnamed(labels: pd.Series, separator: str, known: set[str]) -> dict[str, int]:
    """Count the most frequent labels that no rule names: some may mean a category."""
    each = labels.dropna().str.split(separator, regex=False).explode().str.strip()
    counts = each[~each.str.casefold().isin(known) & (each != "")].value_counts()
    return {
        f"label {name!r} is not in [tags]": int(n) for name, n in counts.head(_NAMED_MOST).items()
    }
