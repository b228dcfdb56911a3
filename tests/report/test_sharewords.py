"""What is said of an audit is true of its frame; a change is sure only where its interval is."""

import numpy as np
import pandas as pd
import pytest

from taskmix.measures import Scope
from taskmix.report import auditwords, facts, sharewords, words
from taskmix.report.completeness import Stale
from taskmix.taxonomy import CATEGORIES

SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q2", "2026-Q3"))
SOON = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q2", "2026-Q3"),
             today=pd.Timestamp("2026-08-11"))  # fmt: skip
BASIS = pd.DataFrame({"period": ["2026-Q3"], "tagged": 0.1, "sorted": 0.3, "unsure": 0.6})


@pytest.fixture
def shares():
    """Two audited quarters: execution surely fell, judgment surely rose, the others may have."""
    change = np.array([-0.061, 0.05, 0.02, -0.009])
    before = pd.DataFrame(
        {"period": "2026-Q2", "category": CATEGORIES, "share": [0.521, 0.22, 0.1, 0.159],
         "change": np.nan, "change_low": np.nan, "change_high": np.nan}
    )  # fmt: skip
    now = pd.DataFrame(
        {"period": "2026-Q3", "category": CATEGORIES, "share": [0.46, 0.27, 0.12, 0.15],
         "change": change, "change_low": change - 0.03, "change_high": change + 0.03}
    )  # fmt: skip
    return pd.concat([before, now], ignore_index=True).assign(
        model=lambda t: t["share"] + 0.04, low=lambda t: t["share"] - 0.02,
        high=lambda t: t["share"] + 0.04, audited=True, estimator="audit", n_drawn=400,
        n_answered=312, response=0.78, n_people=190, why_not="", labels_needed=0,
    )  # fmt: skip


def unaudited(shares, why_not="no audit was drawn", needed=400, drawn=0):
    nothing = dict.fromkeys(["low", "high", "change_low", "change_high"], np.nan)
    return shares.assign(
        **nothing, audited=False, estimator="model", why_not=why_not, labels_needed=needed,
        n_drawn=drawn, n_answered=0,
    )  # fmt: skip


def now_of(shares):
    return shares[shares["period"] == "2026-Q3"]


def test_sure_changes_are_told_with_their_intervals_and_the_others_as_not_sure(shares):
    assert sharewords.what_changed(now_of(shares), scope=SCOPE) == (
        "Against 2026-Q2, execution is 6.1 points down (3.1 to 9.1 down) and judgment is 5 points "
        "up (2 to 8 up), in 95% intervals. Of creative and connective it is not sure that they "
        "changed."
    )


def test_where_no_interval_excludes_no_change_that_is_what_is_said(shares):
    wide = shares.assign(change_low=shares["change"] - 0.07, change_high=shares["change"] + 0.07)
    assert sharewords.what_changed(now_of(wide), scope=SCOPE) == (
        "Against 2026-Q2 no change is sure: the largest, execution 6.1 points down, has an "
        "interval of 13.1 down to 0.9 up."
    )


def test_a_period_that_goes_on_has_no_rise_and_no_fall(shares):
    stale = Stale("source", "tracker", pd.Timestamp("2026-08-01"), 20)
    for scope, left, lead in ((SOON, (), "2026-Q3 is not complete"),
                              (SCOPE, (stale,), "Some data are missing")):  # fmt: skip
        text = sharewords.what_changed(now_of(shares), scope=scope, stale=left)
        assert text == (
            f"{lead}, so this is no rise and no fall yet. As audited, execution stands 6.1 points "
            "below 2026-Q2 (3.1 to 9.1 down)."
        )
        row = now_of(shares).set_index("category").loc["execution"]
        assert "↓" not in sharewords.share_note(row, scope=scope, stale=left)


def test_notes_give_the_interval_and_an_arrow_only_to_a_sure_change(shares):
    rows = now_of(shares).set_index("category")
    notes = [sharewords.share_note(rows.loc[c], scope=SCOPE) for c in CATEGORIES]
    assert notes == [
        "44–50%; ↓ 6.1 points down on 2026-Q2", "25–31%; ↑ 5 points up on 2026-Q2",
        "10–16%; → no sure change on 2026-Q2", "13–19%; → no sure change on 2026-Q2",
    ]  # fmt: skip


def test_against_an_unaudited_period_the_note_tells_no_change(shares):
    alone = shares.assign(change_low=np.nan, change_high=np.nan)
    row = now_of(alone).set_index("category").loc["execution"]
    assert sharewords.share_note(row, scope=SCOPE) == "44–50%; 2026-Q2 was not audited alike"
    # The sentence compares the models' shares, and says how unsure that is.
    assert "It is not sure that this is a change" in sharewords.what_changed(
        now_of(alone), scope=SCOPE
    )


def test_how_sure_tells_the_labels_their_rate_and_what_they_earn(shares):
    assert auditwords.audit_sentence(shares, scope=SCOPE) == (
        "Of 400 tasks drawn at random 312 (78%) were labelled blind; they correct the sorter and "
        "earn 95% intervals of ±3 points."
    )
    small = shares.assign(estimator="composite", n_answered=13)
    assert auditwords.audit_sentence(small, scope=SCOPE) == (
        "Of this team 13 tasks were labelled blind, fewer than the 20 that an interval of its own "
        "takes; the intervals lean on all teams’ audit: ±3 points."
    )


@pytest.mark.parametrize(
    ("why_not", "needed", "drawn", "text"),
    [
        ("no audit was drawn", 400, 0, "About 400 tasks labelled blind would earn intervals of ±3"),
        ("not enough data: has 13 audited tasks, needs 20", 7, 400,
         "The audit earns no interval yet: not enough data: has 13 audited tasks, needs 20 (7 more "
         "blind labels)."),
        ("the log has 12% more untagged hours than when it was drawn", 400, 400,
         "The audit earns no interval: the log has 12% more untagged hours than when it was "
         "drawn. Draw another: `taskmix queue draw`."),
    ],
)  # fmt: skip
def test_without_intervals_it_says_why_and_what_it_takes(shares, why_not, needed, drawn, text):
    none = unaudited(shares, why_not, needed, drawn)
    assert auditwords.audit_sentence(none, scope=SCOPE).startswith(text)
    assert auditwords.audit_item(none, scope=SCOPE) == (
        "Not audited: shares without intervals", "amber",
    )  # fmt: skip
    assert auditwords.audited_fact(now_of(none)).startswith("no: ")
    assert sharewords.intervals_of(none, scope=SCOPE) is None
    row = now_of(none).set_index("category").loc["execution"]
    assert sharewords.share_note(row, scope=SCOPE).endswith("not audited")


def test_few_answers_make_the_pages_line_amber(shares):
    assert auditwords.audit_item(shares, scope=SCOPE) == (
        "312 tasks audited, 78% of those drawn", "ok",
    )  # fmt: skip
    silent = shares.assign(response=0.4)
    assert auditwords.audit_item(silent, scope=SCOPE)[1] == "amber"
    assert auditwords.audited_fact(now_of(shares)) == "yes: 312 blind labels of 190 people"


def test_the_chart_is_titled_by_the_largest_share_and_told_by_all(shares):
    now = now_of(shares)
    assert sharewords.audited_title(now) == (
        "Execution takes 44–50% of hours, corrected by an audit"
    )
    assert sharewords.audited_takeaway(now) == (
        "With 95% intervals: execution 44–50% (the sorter alone says 50%), judgment 25–31% (the "
        "sorter alone says 31%), creative 10–16% (the sorter alone says 16%) and connective 13–19% "
        "(the sorter alone says 19%) of human hours."
    )


def test_the_note_on_teams_counts_how_their_figures_were_made():
    teams = pd.DataFrame({"estimator": ["audit"] * 3 + ["composite"] * 2 + ["model"]})
    hidden = "1 small team is not shown"
    assert sharewords.teams_note(teams, hidden=hidden) == (
        "Lines: 95% intervals; 3 by their own audit, 2 by theirs and all teams’ together and 1 by "
        "the sorter alone; 1 small team is not shown"
    )
    assert sharewords.teams_note(teams[5:], hidden=hidden) == hidden
    assert sharewords.teams_note(teams[5:], hidden="") == ""


def test_an_audit_lets_the_headline_speak_though_most_is_unsure(shares):
    said = words.mix_headline(shares, BASIS, scope=SCOPE, personal=False)
    assert said.startswith("Execution takes about 46%")
    assert words.mix_headline(unaudited(shares), BASIS, scope=SCOPE, personal=False).endswith(
        "is not known."
    )


def test_the_trend_compares_like_with_like(shares):
    mixed = shares.copy()
    mixed.loc[mixed["period"] == "2026-Q2", "audited"] = False
    mixed.loc[mixed["period"] == "2026-Q2", "share"] = [0.3, 0.4, 0.2, 0.1]
    mixed["model"] = [0.5, 0.2, 0.1, 0.2] * 2
    # The corrected share less the uncorrected one would be a rise of 16 points.
    assert words.trend_title(mixed, BASIS, scope=SCOPE) == (
        "The estimated mix is about what it was in 2026-Q2"
    )
    assert "6.1 points down" in words.trend_title(shares, BASIS, scope=SCOPE)


def test_the_result_holds_the_intervals(shares):
    found = sharewords.intervals_of(shares, scope=SCOPE)
    assert found["execution"] == pytest.approx([0.44, 0.5])
    assert list(found) == list(CATEGORIES)
    assert facts.period_values(shares, SCOPE, key="category", value="share")["execution"] == 0.46
