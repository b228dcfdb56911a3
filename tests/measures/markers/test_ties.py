"""Collaborators and ties across teams, by hand."""

import pytest

MARKERS = ("collaborators", "ties_across")


def task(day, names, **more):
    return {"local_date": day, "collaborators": names, "project": "a", **more}


def test_collaborators_are_counted_once_a_month(measured, make_log, value_of):
    log = make_log(
        task("2026-07-01", "bo; cy"), task("2026-07-02", "bo"), task("2026-08-01", "bo"),
        task("2026-09-01", None),
    )  # fmt: skip
    # July 2, August 1, September 0
    assert value_of(measured(log), "collaborators") == pytest.approx(1)


def test_oneself_is_no_tie(measured, make_log, value_of):
    assert value_of(measured(make_log(task("2026-07-01", "ana; bo"))), "collaborators") == 1


def test_ties_across_teams_are_of_those_whose_team_is_known(measured, make_log, value_of):
    log = make_log(
        task("2026-07-01", "bo; cy; dee; stranger"), task("2026-07-02", "bo"),
        *(task("2026-07-01", "ana", person=who, team=team)
          for who, team in (("bo", "red"), ("cy", "blue"), ("dee", "blue"))),
    )  # fmt: skip
    table = measured(log, by="team")
    # ana: bo of her own team, cy and dee of another; bo: ana
    assert value_of(table, "ties_across", team="red") == pytest.approx(2 / 4)
    assert value_of(table, "ties_across", team="blue") == 1


def test_a_person_is_of_the_team_with_most_of_their_days(measured, make_log, value_of):
    moved = [task(f"2026-07-0{day}", None, person="bo", team="blue") for day in (1, 2)]
    log = make_log(
        task("2026-07-01", "bo"), *moved, task("2026-07-03", "ana", person="bo"),
    )  # fmt: skip
    assert value_of(measured(log, by="team"), "ties_across", team="red") == 1


def test_a_log_that_names_nobody_says_nothing_of_ties(measured, make_log, why_not):
    others = [task("2026-07-01", None, person=who) for who in ("bo", "cy")]
    table = measured(make_log(task("2026-07-01", "bo"), *others))
    for marker in ("collaborators", "ties_across"):
        assert why_not(table, marker) == (
            "not enough data: has collaborators beside 33% of the people, needs 50%"
        )


def test_what_an_ai_did_with_others_is_no_tie(measured, make_log, why_not):
    log = make_log(task("2026-07-01", "bo", performer="ai"), task("2026-07-01", None))
    assert "collaborators beside 0%" in why_not(measured(log), "collaborators")
