"""Collaborators and ties across teams, by hand."""

import pandas as pd
import pytest

from taskmix.measures.markers.ties import expected_met

MARKERS = ("collaborators", "ties_across")


def task(day, names, **more):
    return {"local_date": day, "collaborators": names, "project": "a", **more}


def days(month, *names, **more):
    """Log the first days of a month, one with each of the names."""
    return [task(f"{month}-{day:02d}", name, **more) for day, name in enumerate(names, start=1)]


def test_collaborators_are_counted_once_in_five_days(measured, make_log, value_of):
    # July: bo and cy; August: nobody; September is four days and is not counted.
    log = make_log(
        *days("2026-07", "bo; cy", "bo", "bo", None, None), task("2026-07-01", "bo"),
        *days("2026-08", *[None] * 5), *days("2026-09", "dee", "eli", "fay", "gus"),
    )  # fmt: skip
    assert value_of(measured(log), "collaborators") == pytest.approx((2 + 0) / 2)


def test_more_logged_days_are_not_more_collaborators(measured, make_log, value_of):
    # Five of ten days: bo is in half of them, and so is in all draws but one of 252.
    log = make_log(*days("2026-07", *["bo", None] * 5))
    assert value_of(measured(log), "collaborators") == pytest.approx(1 - 1 / 252)
    # The same people twice as often in twice as many days: all of them, not twice as many.
    log = make_log(*days("2026-07", *["bo", "cy", "dee", "eli", "fay"] * 2))
    once = make_log(*days("2026-07", "bo", "cy", "dee", "eli", "fay"))
    twice = value_of(measured(log), "collaborators")
    assert twice == pytest.approx(5 * (1 - 56 / 252))
    assert value_of(measured(once), "collaborators") == pytest.approx(5)


def test_the_chance_to_meet_is_that_of_a_draw():
    found = expected_met(pd.Series([0.0, 2.0, 9.0]), pd.Series([10.0, 10.0, 10.0]))
    assert found.tolist() == pytest.approx([0, 1 - 56 / 252, 1])


def test_oneself_is_no_tie(measured, make_log, value_of):
    log = make_log(*days("2026-07", *["ana; bo"] * 5))
    assert value_of(measured(log), "collaborators") == 1


def test_ties_across_teams_are_days_with_people_whose_team_is_known(measured, make_log, value_of):
    own = days("2026-07", "bo; cy; dee; stranger", "bo", "bo; stranger", None, None)
    others = [
        row for who, team in (("bo", "red"), ("cy", "blue"), ("dee", "blue"))
        for row in days("2026-07", "ana", *[None] * 4, person=who, team=team)
    ]  # fmt: skip
    table = measured(make_log(*own, *others), by="team")
    # ana: three days with bo of her own team, one each with cy and dee; bo: one with ana
    assert value_of(table, "ties_across", team="red") == pytest.approx(2 / 6)
    assert value_of(table, "ties_across", team="blue") == 1


def test_a_person_is_of_the_team_with_most_of_their_days(measured, make_log, value_of):
    log = make_log(
        *days("2026-07", "bo", *[None] * 4),
        *days("2026-07", *[None] * 5, person="bo", team="blue"),
        *days("2026-08", "ana", None, None, person="bo"),
    )  # fmt: skip
    assert value_of(measured(log, by="team"), "ties_across", team="red") == 1


def test_a_colleague_who_moves_is_across_from_that_month_on(measured, make_log, value_of):
    log = make_log(
        *days("2026-07", "bo", "bo", None), *days("2026-08", "bo", *[None] * 5),
        *days("2026-07", *[None] * 3, person="bo"),
        *days("2026-08", *[None] * 9, person="bo", team="blue"),
    )  # fmt: skip
    # two days with bo while he was of her team, one since
    assert value_of(measured(log, by="team"), "ties_across", team="red") == pytest.approx(1 / 3)


def test_a_log_that_names_nobody_says_nothing_of_ties(measured, make_log, why_not):
    others = [row for who in ("bo", "cy") for row in days("2026-07", *[None] * 5, person=who)]
    table = measured(make_log(*days("2026-07", *["bo"] * 5), *others))
    for marker in MARKERS:
        assert why_not(table, marker) == (
            "not enough data: has collaborators beside 33% of the people, needs 50%"
        )


def test_what_an_ai_did_with_others_is_no_tie(measured, make_log, why_not):
    with_ai = days("2026-07", *["bo"] * 5, performer="ai")
    log = make_log(*with_ai, *days("2026-07", *[None] * 5))
    assert "collaborators beside 0%" in why_not(measured(log), "collaborators")
