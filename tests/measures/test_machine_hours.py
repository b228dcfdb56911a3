"""AI's tasks count at the hours that people took before AI came, their own team's first."""

import pandas as pd
import pytest

from taskmix.measures import rollup
from taskmix.measures.machine_hours import execution_hours, human_durations

ROLL_OUTS = pd.DataFrame(
    {
        "team": ["red", "blue", "grey"],
        "status": ["with AI", "without AI", "not known"],
        "roll_out": pd.Series(["2026-07", None, None], dtype="str"),
    }
)


def human(n, hours, *, team="red", day="2026-06-01", **facts):
    facts = {"tag": "execution", "performer": "human", **facts}
    return [{"team": team, "local_date": day, "hours": hours, **facts}] * n


@pytest.fixture
def durations(make_log, make_sorted):
    def take(*rows, roll_outs=ROLL_OUTS):
        return human_durations(make_log(*rows), make_sorted({}), roll_outs)

    return take


def of(table, team, label="execution"):
    return table.set_index(["team", "label"]).loc[(team, label)]


def test_the_median_is_of_the_teams_own_tasks_before_ai(durations):
    table = durations(
        *human(12, 1.0), *human(13, 3.0),
        *human(30, 9.0, day="2026-07-01"),
        *human(30, 7.0, performer="both"), *human(30, 7.0, performer="unknown"),
        *human(30, 7.0, tag=None), *human(5, None), *human(20, 0.5, tag="creative"),
    )  # fmt: skip
    row = of(table, "red")
    assert row[["median_hours", "n_tasks", "whose", "why_not"]].tolist() == [
        3.0,
        25,
        "own team",
        "",
    ]
    assert of(table, "red", "creative")["median_hours"] == 0.5


def test_few_tasks_of_a_team_are_left_to_those_of_all(durations):
    table = durations(*human(19, 8.0), *human(25, 2.0, team="blue", day="2026-08-01"))
    assert of(table, "red")[["median_hours", "n_tasks", "whose"]].tolist() == [2.0, 44, "all teams"]
    assert of(table, "blue")[["median_hours", "n_tasks", "whose"]].tolist() == [2.0, 25, "own team"]


def test_teams_whose_performers_are_not_known_have_no_before(durations):
    table = durations(*human(25, 2.0), *human(99, 8.0, team="grey"))
    assert of(table, "grey")[["median_hours", "whose"]].tolist() == [2.0, "all teams"]
    nobody = durations(*human(99, 8.0, team="grey"), roll_outs=ROLL_OUTS.iloc[2:])
    assert nobody["median_hours"].isna().all()


def test_too_few_tasks_anywhere_say_how_many_are_needed(durations):
    row = of(durations(*human(19, 8.0)), "red")
    assert pd.isna(row["median_hours"])
    assert row["why_not"] == (
        "not enough data: has 19 execution tasks of people before AI, needs 20"
    )


def test_what_goes_on_after_midnight_is_no_task_of_its_own(durations):
    table = durations(*human(20, 2.0), *human(40, 0.1, part=1))
    assert of(table, "red")["n_tasks"] == 20


@pytest.fixture
def cells(make_log, make_sorted):
    log = make_log(
        *human(1, 6.0, day="2026-08-01"),
        *human(1, None, day="2026-08-01"),
        *human(2, 2.0, day="2026-08-01", performer="both"),
        *human(5, 0.01, day="2026-08-01", performer="ai"),
        *human(1, 5.0, day="2026-08-01", performer="unknown"),
        *human(3, 0.01, day="2026-08-01", performer="ai", team="blue"),
        {"team": "blue", "local_date": "2026-05-01", "tag": "judgment", "hours": 1.0},
        # Half of this one is execution.
        {"task_id": "half", "local_date": "2026-08-01", "performer": "ai", "hours": 0.01},
    )
    return rollup(log, make_sorted({"half": (0.5, 0.5, 0, 0)}), frequency="quarter")


def medians(red, blue, whose="own team"):
    return pd.DataFrame(
        {"team": ["red", "blue"], "label": "execution", "median_hours": [red, blue],
         "whose": ["own team", whose], "why_not": ["", "not enough data: has 1"]}
    )  # fmt: skip


def test_hours_of_ai_are_modelled_and_unknown_is_apart(cells):
    row = execution_hours(cells, medians(2.0, 1.0, "all teams")).set_index("period").loc["2026-Q3"]
    # 5.5 of red at 2 h, 3 of blue at 1 h; AI's own minutes count nothing.
    assert row[["hours_ai", "hours_both", "hours_human", "hours_unknown"]].tolist() == [14, 4, 6, 5]
    assert row[["ai", "both", "human"]].tolist() == pytest.approx([14 / 24, 4 / 24, 6 / 24])
    assert row["known"] == pytest.approx(24 / 29)
    assert (row["n_ai"], row["own_team"]) == (8.5, pytest.approx(5.5 / 8.5))
    assert row["with_hours"] == 0.75
    assert bool(row["modelled"])
    assert row["why_not"] == ""


def test_a_group_without_execution_has_no_shares(cells):
    row = execution_hours(cells, medians(2.0, 1.0)).set_index("period").loc["2026-Q2"]
    assert row[["ai", "both", "human", "own_team", "with_hours", "known"]].isna().all()
    assert row["n_ai"] == 0


def test_without_a_median_ais_hours_are_missing_and_say_why(cells):
    table = execution_hours(cells, medians(2.0, float("nan"), "nowhere"), by=("period", "team"))
    row = table.set_index(["period", "team"])
    assert row.loc[("2026-Q3", "red"), "hours_ai"] == 11
    assert pd.isna(row.loc[("2026-Q3", "blue"), "hours_ai"])
    assert row.loc[("2026-Q3", "blue"), "why_not"] == "not enough data: has 1"
    assert row.loc[("2026-Q3", "blue"), ["ai", "human"]].isna().all()


def test_teams_add_up_to_all(cells):
    whole = execution_hours(cells, medians(2.0, 1.0))
    teams = execution_hours(cells, medians(2.0, 1.0), by=("period", "team"))
    for column in ("hours_ai", "hours_both", "hours_human", "hours_unknown", "n_ai"):
        assert teams.groupby("period")[column].sum().tolist() == whole[column].tolist()
