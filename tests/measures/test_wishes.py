"""What people want automated beside what is: of those who answered, and only of enough people."""

import pytest

from taskmix.measures.wishes import wishes
from taskmix.taxonomy import LABELS


@pytest.fixture
def asked(make_log, make_sorted):
    def ask(*rows, min_people=2, **options):
        options = {"frequency": "quarter", "min_people": min_people, **options}
        return wishes(make_log(*rows), make_sorted({}), **options)

    return ask


def answers(
    n, wish, *, performer="human", tag="execution", hours=1.0, people=("ana", "bo"), **facts
):
    facts = {"tag": tag, "wish": wish, "performer": performer, "hours": hours, **facts}
    return [{**facts, "person": people[number % len(people)]} for number in range(n)]


def test_every_share_stands_with_its_denominator(asked):
    row = asked(
        *answers(20, "yes", hours=2.0), *answers(10, "yes", performer="both"),
        *answers(8, "no"), *answers(2, "no", performer="ai"),
        *answers(5, None), *answers(5, None, performer="unknown"),
        *answers(10, None, performer="ai"),
    ).iloc[0]  # fmt: skip
    assert row[["label", "n_tasks", "n_answers", "n_people"]].tolist() == ["execution", 60, 40, 2]
    assert row["asked"] == pytest.approx(40 / 60)
    assert row["wanted"] == 0.75
    # AI's two tasks hold no human hours: 40 + 10 of 58.
    assert row["wanted_hours"] == pytest.approx(50 / 58)
    assert (row["n_known"], row["known"]) == (55, pytest.approx(55 / 60))
    assert row["automated"] == pytest.approx(12 / 55)
    assert row["with_ai"] == pytest.approx(22 / 55)
    assert (row["n_wanted_known"], row["n_unwanted_known"]) == (30, 10)
    assert row["wanted_and_done"] == pytest.approx(1 / 3)
    assert row["unwanted_and_done"] == pytest.approx(0.2)
    assert row["why_not"] == ""


def test_a_person_counts_once_and_an_ai_is_nobody(asked):
    row = asked(*answers(30, "yes", people=("ana",)), *answers(5, "no", performer="ai",
                people=("bot",)), min_people=1).iloc[0]  # fmt: skip
    assert row["n_people"] == 1


def test_too_few_people_leave_nothing_of_their_row(asked):
    three = answers(40, "no", people=("ana", "bo", "cy"), tag="creative")
    table = asked(*answers(40, "yes"), *three, min_people=3).set_index("label")
    row = table.loc["execution"]
    assert row["why_not"] == "fewer than 3 people answered"
    assert row.drop(["period", "why_not"]).isna().all()
    assert table.loc["creative", "wanted"] == 0.0


def test_too_few_answers_have_counts_and_no_shares(asked):
    row = asked(*answers(29, "yes"), *answers(50, None, performer="ai")).iloc[0]
    assert row["why_not"] == "not enough data: has 29 answers, needs 30"
    assert row[["wanted", "wanted_hours", "wanted_and_done", "unwanted_and_done"]].isna().all()
    assert row["n_answers"] == 29
    assert row["automated"] == pytest.approx(50 / 79)


def test_categories_stand_in_order_and_those_nobody_was_asked_of_are_absent(asked):
    rows = [row for tag in ("connective", None, "execution") for row in answers(30, "no", tag=tag)]
    table = asked(*rows, *answers(9, None, tag="judgment"))
    assert table["label"].tolist() == ["execution", "connective", "unsure"]
    assert [LABELS.index(label) for label in table["label"]] == [0, 3, 4]


def test_teams_are_told_apart_and_people_may_be_in_both(asked):
    table = asked(*answers(30, "yes"), *answers(40, "no", team="blue"), by=("period", "team"))
    assert table["team"].tolist() == ["blue", "red"]
    assert table["n_people"].tolist() == [2, 2]
    assert table["wanted"].tolist() == [0.0, 1.0]
    assert asked(*answers(30, "yes"), *answers(40, "no", team="blue"), team="blue")[
        "n_answers"
    ].tolist() == [40]


def test_a_log_without_wishes_has_no_rows(asked):
    assert asked(*answers(30, None)).empty
