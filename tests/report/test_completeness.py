"""A period that is not complete, or whose data stop early, says so and compares with nothing."""

import pandas as pd
import pytest

from taskmix.disclosure import ReleasePlan
from taskmix.measures import Scope, choose_scope
from taskmix.report import compared, completeness, words
from taskmix.report.completeness import Stale, incomplete_sentence, stale_groups, stale_sentences
from taskmix.report.facts import freshness_items
from taskmix.store import TABLES, merge_rows, open_log
from taskmix.taxonomy import CATEGORIES

DAY = pd.Timestamp
STALE = [Stale("source", "toggl", DAY("2026-09-04"), 18)]
BASIS = pd.DataFrame({"period": ["2026-Q3"], "tagged": 0.1, "sorted": 0.8, "unsure": 0.1})


def scope_at(today="2026-11-22", data_through="2026-11-20", period="2026-Q3"):
    past = ("2026-Q1", "2026-Q2", "2026-Q3")
    return Scope(period, "2026-Q2", None, "quarter", past, DAY(today), DAY(data_through))


OPEN = scope_at("2026-09-12", "2026-09-11")


@pytest.mark.parametrize(
    ("today", "data_through", "sentence"),
    [
        ("2026-11-22", "2026-11-20", ""),
        ("2026-10-01", "2026-09-30", ""),
        ("2026-09-12", "2026-09-11",
         "not complete: the quarter ends on 30 Sep, today is 12 Sep"),
        ("2026-09-30", "2026-09-30",
         "not complete: the quarter ends on 30 Sep, today is 30 Sep"),
        ("2026-09-12", "2026-07-31", "not complete: the quarter ends on 30 Sep, today is 12 Sep, "
         "and data end on 31 Jul 2026"),
        ("2025-12-12", "2025-12-11",
         "not complete: the quarter ends on 30 Sep 2026, today is 12 Dec 2025"),
        ("2026-10-05", "2026-09-20",
         "not complete: data end on 20 Sep 2026, 10 days before the period’s end"),
        ("2026-10-05", "2026-09-29",
         "not complete: data end on 29 Sep 2026, 1 day before the period’s end"),
    ],
)  # fmt: skip
def test_why_a_period_is_not_complete(today, data_through, sentence):
    assert incomplete_sentence(scope_at(today, data_through)) == sentence


def shares(now, before=(0.25,) * 4):
    rows = [
        (period, category, share, share - old)
        for period, values in (("2026-Q1", before), ("2026-Q2", before), ("2026-Q3", now))
        for category, share, old in zip(CATEGORIES, values, before, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "category", "share", "change"])


def performers():
    row = {"period": "2026-Q3", "n_ai": 1, "n_both": 0, "n_human": 1, "n_unknown": 0, "ai": 0.5,
           "both": 0.0, "human": 0.5, "known": 1.0}  # fmt: skip
    return pd.DataFrame([row])


FALLEN = shares((0.15, 0.35, 0.25, 0.25))
MOVEMENT = ("fell", "rose", "down", " up ", "↓", "↑")


def test_an_incomplete_period_is_no_fall_anywhere():
    found = dict(words.mix_findings(FALLEN, performers(), BASIS, scope=OPEN))
    assert found["What changed"] == (
        "2026-Q3 is not complete, so this is no rise and no fall yet. So far, execution stands "
        "10 points below and judgment 10 points above 2026-Q2."
    )
    notes = [tile.note for tile in words.mix_tiles(FALLEN, performers(), scope=OPEN)]
    assert notes[:3] == [
        "10 points below 2026-Q2 so far; not complete, not audited",
        "10 points above 2026-Q2 so far; not complete, not audited",
        "level with 2026-Q2 so far; not complete, not audited",
    ]
    title = words.trend_title(FALLEN, BASIS, scope=OPEN)
    assert title == (
        "The estimated mix of 2026-Q2 is about what it was in 2026-Q1; 2026-Q3 is not complete"
    )
    for text in (found["What changed"], *notes, title):
        assert not [word for word in MOVEMENT if word in text]
    # The same numbers of a complete period do move: the search above can fail.
    whole = words.mix_tiles(FALLEN, performers(), scope=scope_at())
    assert whole[0].note == "↓ 10 points down on 2026-Q2; not audited"


def test_missing_data_are_no_fall_either():
    scope = scope_at()
    found = dict(words.mix_findings(FALLEN, performers(), BASIS, scope=scope, stale=STALE))
    assert found["What changed"] == (
        "Some data are missing, so this is no rise and no fall yet. As logged, execution stands "
        "10 points below and judgment 10 points above 2026-Q2."
    )
    tile = words.mix_tiles(FALLEN, performers(), scope=scope, stale=STALE)[0]
    assert tile.note == "10 points below 2026-Q2; some data are missing, not audited"


def test_whole_periods_before_an_incomplete_one_may_have_moved():
    moved = shares((0.2, 0.3, 0.25, 0.25))
    moved.loc[moved["period"] == "2026-Q1", "share"] = [0.55, 0.13, 0.16, 0.16]
    assert compared.moved_title(moved, scope=OPEN, stale=()) == (
        "From 2026-Q1 to 2026-Q2 the estimate for execution is 30 points down, for judgment 12 "
        "points up; 2026-Q3 is not complete"
    )
    alone = moved[moved["period"] == "2026-Q3"]
    assert compared.moved_title(alone, scope=OPEN, stale=()) == (
        "Where human effort goes; 2026-Q3 is not complete"
    )


def test_sentences_on_an_incomplete_period_say_so_far():
    assert words.mix_headline(FALLEN, BASIS, scope=OPEN, personal=False) == (
        "Judgment takes about 35% of people’s hours in 2026-Q3 so far."
    )
    assert words.base(12, scope=OPEN, personal=False) == "12 people in 2026-Q3 so far"
    assert words.mix_takeaway(FALLEN, scope=OPEN).startswith("In 2026-Q3 so far: ")
    assert "so far" not in words.mix_takeaway(FALLEN, scope=scope_at())


def test_of_many_stale_groups_a_few_are_named():
    many = [Stale("team", f"t{n}", DAY("2026-09-04"), 18) for n in range(5)]
    assert stale_sentences(STALE, scope=scope_at()) == [
        "source toggl: nothing after 4 Sep 2026, 18 working days before the period’s end"
    ]
    sentences = stale_sentences(many, scope=OPEN)
    assert len(sentences) == 4
    assert sentences[0].endswith("18 working days before the end of the data")
    assert sentences[-1] == "2 more sources or teams stopped early"


@pytest.fixture
def open_rows(make_log, tmp_path):
    def write(*rows):
        log = make_log(*rows)
        log = log.assign(month="2026-07", digest="d", logged_as="p", file="f", run_id="r")
        merge_rows(
            tmp_path, "tasks", changed=log[TABLES["tasks"].fields.names], removed=[], run_id="r"
        )
        return open_log(tmp_path)

    return write


def group(source, team, day, n_people=12):
    return [
        {"source": source, "team": team, "local_date": day, "person": f"{team}-{n}"}
        for n in range(n_people)
    ]


def plan_of(*teams, period="2026-Q3"):
    return ReleasePlan(10, frozenset((period, team) for team in teams), frozenset({period}))


def found(log, plan, *, today="2026-11-22", period="2026-Q3", team=""):
    scope = choose_scope(log, period=period, team=team, today=DAY(today))
    return [(s.kind, s.name, s.working_days) for s in stale_groups(log, scope=scope, plan=plan)]


def test_a_source_and_a_team_that_stop_while_others_go_on_are_stale(open_rows):
    log = open_rows(
        *group("jira", "red", "2026-09-30"), *group("toggl", "blue", "2026-09-22"),
        *group("toggl", "green", "2026-09-23"),
    )  # fmt: skip
    plan = plan_of("red", "blue", "green")
    # From 22 Sep on there are 6 working days to the 30th, from 23 Sep on 5: not yet too many.
    assert found(log, plan) == [("team", "blue", 6)]
    assert found(log, plan, team="blue") == [("source", "toggl", 6), ("team", "blue", 6)]
    assert completeness.STALE_AFTER == 5


def test_what_everything_lacks_is_incomplete_and_nothing_stale(open_rows):
    log = open_rows(*group("jira", "red", "2026-08-28"), *group("toggl", "blue", "2026-08-21"))
    assert found(log, plan_of("red", "blue")) == []


def test_a_source_that_came_back_after_the_period_is_not_stale(open_rows):
    log = open_rows(
        *group("jira", "red", "2026-11-20"), *group("toggl", "red", "2026-07-01"),
        *group("toggl", "red", "2026-10-02", n_people=1),
    )  # fmt: skip
    assert found(log, plan_of("red")) == []


def test_teams_the_plan_hides_and_sources_of_a_few_people_are_never_named(open_rows):
    log = open_rows(
        *group("jira", "red", "2026-09-30"), *group("jira", "secret", "2026-08-03", n_people=4),
        *group("timewarrior", "red", "2026-07-01", n_people=9),
        *group("jira", "unassigned", "2026-08-03"),
    )  # fmt: skip
    assert found(log, plan_of("red", "unassigned")) == []
    assert found(log, plan_of("red", "secret")) == [("team", "secret", 42)]


def test_a_team_that_stopped_before_the_period_is_named_where_it_was_shown_then(open_rows):
    log = open_rows(*group("jira", "red", "2026-09-30"), *group("jira", "blue", "2026-06-26"))
    assert found(log, plan_of("red")) == []
    before = ReleasePlan(10, frozenset({("2026-Q2", "blue")}), frozenset())
    assert found(log, before) == [("team", "blue", 68)]


def test_the_strip_says_what_is_missing_next_to_the_figures(open_rows):
    log = open_rows(*group("jira", "red", "2026-09-11"))
    scope = choose_scope(log, period="2026-Q3", today=DAY("2026-09-12"))
    items = dict(freshness_items(log, scope=scope, plan=plan_of("red"), stale=STALE))
    assert items["Not complete: the quarter ends on 30 Sep, today is 12 Sep"] == "amber"
    assert items["Data through 11 Sep 2026"] == "ok"
    stale = "Source toggl: nothing after 4 Sep 2026, 18 working days before the end of the data"
    assert items[stale] == "red"
    later = choose_scope(log, period="2026-Q3", today=DAY("2026-10-12"))
    items = dict(freshness_items(log, scope=later, plan=plan_of("red")))
    assert items["Data through 11 Sep 2026"] == "amber"
    assert "Not complete: data end on 11 Sep 2026, 19 days before the period’s end" in items
