"""The roll-up adds every hour and every task once, on every engine alike."""

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskmix.measures import headcount, rollup
from taskmix.measures.rollup import rollup_people
from taskmix.taxonomy import CATEGORIES

EXPECTED = [f"expected_{category}" for category in CATEGORIES]


@pytest.fixture
def small(make_log, make_sorted):
    log = make_log(
        {"tag": "judgment", "hours": 2.0, "performer": "human"},
        {"hours": 4.0},  # sorted: execution .7
        {"hours": 8.0, "team": "blue", "person": "bo"},  # unsure: .4 .3 .2 .1
        {"hours": None},  # no duration
        {"hours": 16.0, "performer": "ai", "tag": "execution"},
        {"hours": 32.0, "performer": "both", "tag": "creative", "local_date": "2026-10-01"},
    )
    chances = {
        "t0001": (0.7, 0.1, 0.1, 0.1),
        "t0002": (0.4, 0.3, 0.2, 0.1),
        "t0003": (0.9, 0.05, 0.03, 0.02),
    }
    return log, make_sorted(chances)


def test_hours_labels_and_bases_are_those_computed_by_hand(small):
    cells = rollup(*small, frequency="quarter")
    found = {
        (c.period, c.team, c.label, c.basis, c.performer): (c.hours, c.machine_hours, c.n_tasks)
        for c in cells.itertuples()
    }
    assert found == {
        ("2026-Q3", "blue", "unsure", "unsure", "unknown"): (8.0, 0.0, 1),
        ("2026-Q3", "red", "execution", "sorted", "unknown"): (4.0, 0.0, 2),
        ("2026-Q3", "red", "execution", "tagged", "ai"): (0.0, 16.0, 1),
        ("2026-Q3", "red", "judgment", "tagged", "human"): (2.0, 0.0, 1),
        ("2026-Q4", "red", "creative", "tagged", "both"): (32.0, 0.0, 1),
    }
    assert cells["n_without_hours"].sum() == 1


def test_expected_hours_follow_tags_and_probabilities(small):
    cells = rollup(*small, frequency="year")
    totals = cells[EXPECTED].sum()
    assert totals["expected_execution"] == pytest.approx(4 * 0.7 + 8 * 0.4)
    assert totals["expected_judgment"] == pytest.approx(2 + 4 * 0.1 + 8 * 0.3)
    assert totals["expected_creative"] == pytest.approx(32 + 4 * 0.1 + 8 * 0.2)
    assert totals["expected_connective"] == pytest.approx(4 * 0.1 + 8 * 0.1)


def test_a_tag_beats_the_sorter(make_log, make_sorted):
    cells = rollup(
        make_log({"tag": "judgment"}), make_sorted({"t0000": (0.9, 0.05, 0.03, 0.02)}),
        frequency="month",
    )  # fmt: skip
    assert cells[["label", "basis", "expected_judgment"]].to_numpy().tolist() == [
        ["judgment", "tagged", 1.0]
    ]


def test_a_task_that_was_never_sorted_is_unsure_and_in_no_share(make_log, make_sorted):
    cells = rollup(make_log({"hours": 3.0}), make_sorted({}), frequency="month")
    assert cells["label"].tolist() == ["unsure"]
    assert cells["hours"].sum() == 3.0
    assert cells[EXPECTED].to_numpy().sum() == 0


def test_work_done_together_counts_the_human_part_only(small):
    cells = rollup(*small, frequency="quarter", both_human_share=0.5)
    assert cells.loc[cells["performer"] == "both", "hours"].tolist() == [16.0]


def test_an_agents_steps_count_as_one_with_their_parent(make_log, make_sorted):
    agent = {"performer": "ai", "tag": "execution", "parent_id": "t0000"}
    orphan = {"performer": "ai", "tag": "execution", "parent_id": "elsewhere"}
    human_child = {"performer": "human", "tag": "execution", "parent_id": "t0000"}
    log = make_log(
        {"performer": "human", "tag": "execution"}, agent, agent, orphan, orphan, human_child
    )
    cells = rollup(log, make_sorted({}), frequency="month").set_index("performer")
    assert cells["n_tasks"].to_dict() == {"ai": 4, "human": 2}
    # Both steps of t0000 are part of it; the two orphans are one assignment; people's own count.
    assert cells["n_units"].to_dict() == {"ai": 1, "human": 2}


def test_overseeing_ai_is_a_cell_of_its_own(make_log, make_sorted):
    checking = {"tag": "judgment", "oversight": "checking", "hours": 2.0}
    log = make_log({"tag": "judgment", "hours": 4.0}, checking, {**checking, "hours": 8.0})
    cells = rollup(log, make_sorted({}), frequency="month")
    assert cells.set_index("oversight")["hours"].to_dict() == {"none": 4.0, "checking": 10.0}


def test_people_are_rolled_up_each_apart_and_without_what_ai_did_alone(make_log, make_sorted):
    log = make_log(
        {"person": "ana", "tag": "judgment", "hours": 2.0, "oversight": "rework"},
        {"person": "ana", "hours": 4.0, "performer": "both"},
        {"person": "bo", "hours": 8.0, "performer": "ai"},
        {"person": None, "hours": 16.0},
        {"person": None, "hours": 32.0},
    )
    people = rollup_people(log, make_sorted({}), frequency="month", both_human_share=0.5)
    assert people.fillna("nobody").to_numpy().tolist() == [
        ["2026-07", "red", "ana", "judgment", "tagged", "rework", 2.0],
        ["2026-07", "red", "ana", "unsure", "unsure", "none", 2.0],
        ["2026-07", "red", "nobody", "unsure", "unsure", "none", 48.0],
    ]


@pytest.mark.parametrize("long_tasks", ["start", "end", "evenly"])
def test_duckdb_gives_the_same_people_as_pandas_and_the_hours_of_the_rollup(
    small, make_log, long_tasks
):
    log, chances = small
    log = log.assign(local_end_date=log["local_date"] + pd.Timedelta(days=120))
    log["last_day"] = log["first_day"] + 120
    options = {"frequency": "quarter", "long_tasks": long_tasks, "both_human_share": 0.5}
    people = rollup_people(log, chances, **options)
    with duckdb.connect() as connection:
        relations = [connection.from_df(frame) for frame in (log, chances)]
        pd.testing.assert_frame_equal(rollup_people(*relations, **options), people)
    by_team = rollup(log, chances, **options).groupby(["period", "team"])["hours"].sum()
    ours = people.groupby(["period", "team"])["hours"].sum()
    pd.testing.assert_series_equal(ours, by_team[by_team > 0])


@pytest.mark.parametrize("long_tasks", ["start", "end", "evenly"])
def test_duckdb_and_pandas_give_the_same_cells(small, make_log, long_tasks):
    log, chances = small
    log = log.assign(local_end_date=log["local_date"] + pd.Timedelta(days=120))
    log["last_day"] = log["first_day"] + 120
    with duckdb.connect() as connection:
        text = dict.fromkeys(log.select_dtypes("str").columns, "object")
        relations = [
            connection.from_df(frame.astype({k: v for k, v in text.items() if k in frame}))
            for frame in (log, chances.astype({"task_id": "object", "category": "object"}))
        ]
        lazily = rollup(*relations, frequency="quarter", long_tasks=long_tasks)
    pd.testing.assert_frame_equal(
        lazily, rollup(log, chances, frequency="quarter", long_tasks=long_tasks)
    )


def test_a_long_task_spreads_by_days_over_the_periods_it_touches(make_log, make_sorted):
    task = {"local_date": "2026-06-27", "local_end_date": "2026-07-06", "hours": 40.0}
    by = {
        setting: rollup(make_log(task), make_sorted({}), frequency="quarter", long_tasks=setting)
        .set_index("period")["hours"]
        .to_dict()
        for setting in ("start", "end", "evenly")
    }
    assert by["start"] == {"2026-Q2": 40.0}
    assert by["end"] == {"2026-Q3": 40.0}
    # 27 to 30 June are four of the ten days.
    assert by["evenly"] == pytest.approx({"2026-Q2": 16.0, "2026-Q3": 24.0})


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dates(pd.Timestamp("2024-01-01").date(), pd.Timestamp("2026-12-31").date()),
            st.integers(0, 500),
            st.floats(0.01, 900),
        ),
        min_size=1, max_size=12,
    ),
    st.sampled_from(("month", "quarter", "year")),
)  # fmt: skip
def test_the_total_is_the_same_wherever_long_tasks_count(make_log, make_sorted, tasks, frequency):
    log = make_log(
        *(
            {"local_date": day, "local_end_date": day + pd.Timedelta(days=length), "hours": hours}
            for day, length, hours in tasks
        )
    )
    for setting in ("start", "end", "evenly"):
        cells = rollup(log, make_sorted({}), frequency=frequency, long_tasks=setting)
        assert cells["hours"].sum() == pytest.approx(sum(hours for _, _, hours in tasks))
        assert cells["n_tasks"].sum() == len(tasks)


def test_the_callers_frames_are_untouched(small):
    log, chances = small
    before = log.copy(deep=True), chances.copy(deep=True)
    rollup(log, chances, frequency="month", long_tasks="evenly")
    pd.testing.assert_frame_equal(log, before[0])
    pd.testing.assert_frame_equal(chances, before[1])


def test_headcount_counts_each_person_once_a_group(make_log):
    log = make_log(
        {"person": "ana"}, {"person": "ana"}, {"person": "bo"}, {"person": "bo", "team": "blue"}
    )
    counts = headcount(log, frequency="quarter")
    assert counts.fillna("all").to_numpy().tolist() == [
        ["2026-Q3", "all", 2],
        ["2026-Q3", "blue", 1],
        ["2026-Q3", "red", 2],
    ]
