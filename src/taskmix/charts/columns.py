"""What tables call their columns, and the words in their cells, in the language that is spoken.

In English a chart's table has the names that the measures use.
"""

import pandas as pd

from taskmix.language import noted, tr
from taskmix.taxonomy import LABELS

#: Columns whose cells are words of the taxonomy or of a measure, not names of teams or people.
_OF_WORDS = {
    "basis", "became", "by", "category", "factor", "found", "guess", "kind", "label", "likeliest",
    "marker", "method", "part", "performer", "reason", "stands", "tag", "view", "whose",
}  # fmt: skip
#: Headings of the tables behind published charts.
HEADINGS = (
    noted("95% from"), noted("95% to"), noted("against"), noted("ai"), noted("at_least"),
    noted("asked"), noted("audited"), noted("automated"), noted("augmentation"),
    noted("automation"), noted("basis"), noted("before"), noted("between"), noted("both"),
    noted("both_human_share"), noted("by"), noted("came"), noted("category"), noted("change"),
    noted("chance"), noted("condition"), noted("directive"), noted("estimator"), noted("factor"),
    noted("feedback_loop"), noted("fitted"), noted("gap"), noted("high"), noted("hours"),
    noted("hours_ai"), noted("hours_both"), noted("hours_human"), noted("hours_unknown"),
    noted("human"), noted("interval"), noted("kind"), noted("known"), noted("label"),
    noted("learning"), noted("low"), noted("marker"), noted("midpoint"), noted("midpoint_high"),
    noted("midpoint_low"), noted("model"), noted("modelled"), noted("moved"), noted("n_ai"),
    noted("n_answers"), noted("n_before"), noted("n_both"), noted("n_days"), noted("n_directive"),
    noted("n_feedback_loop"), noted("n_human"), noted("n_known"), noted("n_learning"),
    noted("n_months"), noted("n_people"), noted("n_task_iteration"), noted("n_tasks"),
    noted("n_unknown"), noted("n_unwanted_known"), noted("n_validation"), noted("n_wanted_known"),
    noted("n_with"), noted("n_with_ai"), noted("n_without"), noted("n_without_hours"),
    noted("no_interval"), noted("now"), noted("own_team"), noted("part"), noted("performer"),
    noted("period"), noted("points"), noted("share"), noted("share_of_hours"),
    noted("sorter alone"), noted("stands"), noted("step"), noted("tagged"),
    noted("task_iteration"), noted("team"), noted("unwanted_and_done"), noted("validation"),
    noted("value"), noted("wanted"), noted("wanted_and_done"), noted("wanted_high"),
    noted("wanted_hours"), noted("wanted_low"), noted("went"), noted("whose"), noted("why_not"),
    noted("width"), noted("width_high"), noted("width_low"), noted("with_ai"), noted("with_hours"),
    noted("within"),
)  # fmt: skip
#: Headings of the analyst's tables, as they are told: without ``n_`` and underscores, or with.
ANALYST_HEADINGS = (
    noted("accepted"), noted("accuracy"), noted("tasks"), noted("unknown"), noted("new titles"),
    noted("all tasks"), noted("new people"), noted("alone"), noted("at"), noted("beaten"),
    noted("became"), noted("change_high"), noted("change_low"), noted("confidence"),
    noted("count"), noted("coverage"), noted("date"), noted("days behind"), noted("detail"),
    noted("difference"), noted("difference_high"), noted("difference_low"), noted("draw"),
    noted("entries"), noted("entries in all"), noted("error"), noted("example"), noted("expanded"),
    noted("expected_hours"), noted("file"), noted("files"), noted("first day"),
    noted("first week"), noted("found"), noted("from"), noted("from_date"), noted("guess"),
    noted("hour_high"), noted("hour_low"), noted("hour_weighted_macro_f1"), noted("hours in all"),
    noted("hours_per_person"), noted("in quarantine"), noted("labelled"), noted("last day"),
    noted("last week"), noted("later"), noted("likeliest"), noted("macro_f1"), noted("mean"),
    noted("method"), noted("month"), noted("n_entries"), noted("n_files"), noted("n_found"),
    noted("n_labelled"), noted("n_on_roster"), noted("n_records"), noted("n_tags"),
    noted("n_tagged"), noted("n_trained"), noted("origin"), noted("p tag"), noted("part of usual"),
    noted("people"), noted("precision"), noted("precision later"), noted("predicted"),
    noted("probability"), noted("project"), noted("quarantined"), noted("read"),
    noted("read beside"), noted("reader"), noted("reason"), noted("recall"), noted("records"),
    noted("remark"), noted("removed"), noted("row"), noted("share_of_tasks"), noted("skipped"),
    noted("source"), noted("stands on"), noted("sure"), noted("tag"), noted("task id"),
    noted("title"), noted("unchanged"), noted("unknown performer"), noted("untagged"),
    noted("updated"), noted("usual hours"), noted("view"), noted("weeks"), noted("week"),
    noted("weight"), noted("what"), noted("where"), noted("without hours"), noted("alarm"),
    noted("rules"),
)  # fmt: skip
#: Words in the cells of `_OF_WORDS`, beside labels and headings.
WORDS = (
    noted("audit"), noted("composite"), noted("model"), noted("both"), noted("human"),
    noted("unknown"), noted("tasks"), noted("human_share"), noted("timed"),
    noted("hours_per_task"), noted("released"), noted("oversight"), noted("left_work"),
    noted("steady"), noted("sudden"), noted("gradual"), noted("unclear"), noted("too few"),
    noted("sorted"), noted("all"), noted("majority"),
    noted("cue_words"), noted("last_title"), noted("project_tool"), noted("refused"),
)  # fmt: skip
#: What a table of counts is of; elsewhere a column `what` holds words of titles.
_COUNTED = (noted("all files"), noted("the last ingest"))
#: Why a record was refused or skipped.
REASONS = (
    noted("all day"), noted("empty row"), noted("ended at unreadable"), noted("ends before start"),
    noted("event unreadable"), noted("fields do not fit header"), noted("hours not positive"),
    noted("hours unreadable"), noted("in the future"), noted("line unreadable"), noted("no date"),
    noted("no id"), noted("no json object"), noted("no occurrence"), noted("no person"),
    noted("recurrence unreadable"), noted("started at unreadable"), noted("still running"),
    noted("time zone unknown"), noted("too many occurrences"), noted("total row"),
    noted("unknown performer"), noted("unknown tag"), noted("unknown type"), noted("forgotten"),
)  # fmt: skip
_HEADINGS = frozenset((*HEADINGS, *ANALYST_HEADINGS, *LABELS))


def heading(name: object) -> str:
    """Say the name of a column; one that is a source's or a team's stays as it is."""
    return tr(str(name)) if name in _HEADINGS else str(name)


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Say a table's words in the language that is spoken; names and numbers stay as they are."""
    names = [
        name
        for name in table.columns
        if name in _OF_WORDS and not pd.api.types.is_numeric_dtype(table[name])
    ]
    said = table.assign(**{str(n): table[n].map(_said, na_action="ignore") for n in names})
    if "what" in table:
        said["what"] = [tr(word) if word in _COUNTED else word for word in table["what"]]
    return said


def _said(word: object) -> object:
    """Say a word, which may be a key with underscores."""
    if not isinstance(word, str) or not word:
        return word
    plain = word.replace("_", " ")
    told = tr(word)
    # A reason is in the catalogue as people read it; English tables keep the key.
    return told if told != word or tr(plain) == plain else tr(plain)
