"""Sentences on who executes are true of their numbers, and say when they are not sure."""

import pandas as pd

from taskmix.measures import Scope
from taskmix.report import shiftwords
from taskmix.report.completeness import Stale

SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q2", "2026-Q3"))
GOING_ON = Scope(
    "2026-Q3", "2026-Q2", None, "quarter", ("2026-Q2", "2026-Q3"), pd.Timestamp("2026-09-01")
)
STALE = [Stale("source", "toggl", pd.Timestamp("2026-08-01"), 40)]
NOTHING = (float("nan"),) * 3


def parts(now, before=(0.1, 0.1, 0.8)):
    rows = [
        (period, performer, share, share - earlier)
        for period, mix, past in (("2026-Q2", before, NOTHING), ("2026-Q3", now, before))
        for performer, share, earlier in zip(("ai", "both", "human"), mix, past, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "performer", "share", "change"])


def performed(known=0.8):
    counts = {"n_ai": 2, "n_both": 1, "n_human": 5, "n_unknown": 2}
    share = 0.25 if known else float("nan")
    return pd.DataFrame(
        [{"period": "2026-Q3", **counts, "ai": share, "both": 0.1, "human": 0.5, "known": known}]
    )


def test_the_headline_says_of_which_tasks_it_speaks():
    said = shiftwords.shift_headline(parts((0.25, 0.12, 0.63)), performed(), scope=SCOPE)
    assert said == (
        "People alone carry out about 63% of execution tasks of known performer in "
        "2026-Q3, AI 25%, both 12%."
    )
    assert len(said.split()) <= 20
    all_known = shiftwords.shift_headline(parts((0.25, 0.12, 0.63)), performed(1.0), scope=SCOPE)
    assert "known performer" not in all_known


def test_where_nobody_knows_the_performer_the_headline_says_that():
    said = shiftwords.shift_headline(parts(NOTHING), performed(0.0), scope=SCOPE)
    assert said.startswith("The log does not say who carried out the execution tasks of")
    assert shiftwords.known_title(performed(0.0), scope=SCOPE) == (
        "Who carries out execution is not recorded"
    )
    assert shiftwords.known_title(performed(float("nan")), scope=SCOPE) == (
        "There are no execution tasks to tell of"
    )


def test_a_change_is_never_stated_as_sure_without_an_audit():
    found = dict(shiftwords.shift_findings(parts((0.25, 0.12, 0.63)), performed(), scope=SCOPE))
    assert found["What changed"] == (
        "Against 2026-Q2, people’s own part is 17 points down and AI’s own part is 15 points up. "
        "It is not sure that this is a change: the shares are not audited."
    )
    assert "of 80% of the execution tasks" in found["How sure"]
    assert "of 2 counted ones it does not" in found["How sure"]


def test_a_period_that_goes_on_or_lacks_data_shows_no_rise():
    now = parts((0.25, 0.12, 0.63))
    assert shiftwords.parts_title(now, scope=SCOPE) == (
        "Since 2026-Q2 AI’s own part of execution is 15 points up"
    )
    for scope, stale in ((GOING_ON, ()), (SCOPE, STALE)):
        found = dict(shiftwords.shift_findings(now, performed(), scope=scope, stale=stale))
        assert "no rise and no fall" in found["What changed"]
        tiles = shiftwords.shift_tiles(now, scope=scope, stale=stale)
        assert all("↑" not in tile.note for tile in tiles)
        title = shiftwords.parts_title(now, scope=scope, stale=stale)
        assert title.startswith("Who carries out execution; ")


def test_tiles_have_value_change_and_line():
    ai, both, human = shiftwords.shift_tiles(parts((0.25, 0.12, 0.63)), scope=SCOPE)
    assert (ai.label, ai.value_text, ai.sparkline) == ("AI alone", "25%", [0.1, 0.25])
    assert ai.note == "↑ 15 points up on 2026-Q2; not audited"
    assert both.value_text == "12%"
    assert (human.category, human.note) == ("execution", "↓ 17 points down on 2026-Q2; not audited")


def test_who_cannot_see_the_chart_is_told_all_parts():
    assert shiftwords.parts_takeaway(parts((0.25, 0.12, 0.63)), scope=SCOPE) == (
        "In 2026-Q3: AI’s own part 25%, the part done together 12%, people’s own part 63% of the "
        "execution tasks whose performer is known."
    )
