"""Who logs when: roster, contracts, holidays, the order of a day, rounded starts, midnight."""

import numpy as np
import pandas as pd
import pytest

from taskmix.identity import read_roster
from taskmix.synth.bench._names import HOLIDAYS

DAY = pd.Timedelta(days=1)


@pytest.fixture(scope="module")
def entries(bench, tmp_path_factory):
    path = tmp_path_factory.mktemp("roster") / "people.csv"
    bench.roster.to_csv(path, index=False)
    return read_roster(path).entries


def test_everybody_logs_only_where_and_while_the_roster_has_them(entries, bench):
    days = bench.tasks.groupby(["person", "team"])["local_date"].agg(["min", "max"]).reset_index()
    stays = days.merge(entries, on=["person", "team"], how="left")
    # a part after midnight may lie on the day after the last one
    inside = (stays["min"] >= stays["first_day"]) & ~(stays["max"] > stays["last_day"] + DAY)
    first = stays.groupby(["person", "team"])["first_day"].transform("size")
    assert inside[first == 1].all()
    assert (first == 1).mean() > 0.97
    assert stays["first_day"].notna().all()


def test_some_join_some_leave_and_some_move(entries, bench):
    begin = bench.tasks["local_date"].min()
    stays = entries.groupby("person").agg(
        first=("first_day", "min"), gone=("last_day", lambda x: x.notna().all()), n=("team", "size")
    )
    assert (stays["first"] > begin).sum() == 16
    assert stays["gone"].sum() == 12
    assert (stays["n"] == 2).sum() == 10
    assert len(stays) == 200


def test_a_day_of_work_is_one_of_the_contract_or_was_moved_to_the_weekend(own, entries):
    work_days = entries.drop_duplicates("person").set_index("person")["work_days"]
    days = own[own["part"] == 0].drop_duplicates(["person", "local_date"])
    weekday = days["local_date"].dt.day_of_week
    allowed = days["person"].map(work_days)
    fits = [str(d) in w for d, w in zip(weekday, allowed, strict=True)]
    assert (pd.Series(fits, index=days.index) | (weekday >= 5)).all()
    assert set(work_days) > {"01234", "0123"}


def test_nobody_works_on_a_holiday_of_their_place_but_elsewhere_people_do(own, entries):
    zone = own["person"].map(entries.drop_duplicates("person").set_index("person")["time_zone"])
    begins = own["part"] == 0
    # a day moved to the weekend may meet a holiday
    weekday = own["local_date"].dt.day_of_week < 5
    day = own["local_date"].dt.strftime("%m-%d")
    for name, days in HOLIDAYS.items():
        off = begins & weekday & day.isin(days)
        assert not (off & (zone == name)).any()
    assert (begins & weekday & day.isin(HOLIDAYS["Europe/Berlin"])).any()


def test_leave_makes_summer_and_christmas_thin(own):
    days = own.drop_duplicates(["person", "local_date"]).groupby("month").size()
    usual = days[["2025-03", "2025-05", "2025-10", "2026-03", "2026-05"]].mean()
    assert days[["2025-07", "2025-08", "2026-07"]].mean() < 0.92 * usual
    assert days["2025-12"] < 0.85 * usual


def test_the_local_date_is_where_the_person_lives(own):
    assert own["local_date"].equals(own["local"].dt.normalize())
    utc = own["started_at"].dt.tz_localize(None).dt.normalize()
    assert (utc != own["local_date"]).any()


def test_a_persons_own_tasks_follow_one_another(own):
    end = own["started_at"] + pd.to_timedelta(own["true_hours"] * 3600, unit="s").dt.round("s")
    following = own.groupby("person")["started_at"].shift(-1)
    assert not (following < end).any()
    assert (following == end).any()


def test_who_rounds_starts_at_full_and_half_hours_and_others_by_chance(own, bench):
    people = bench.parameters.people.set_index("person")["rounds_starts"]
    rounds = own["person"].map(people)
    is_round = own["minute"] % 30 == 0
    assert is_round[rounds].all()
    assert 0.1 < is_round[~rounds].mean() < 0.3
    by_team = is_round.groupby(own["team"]).mean()
    rounding = bench.parameters.markers.set_index("team")["rounding"]
    assert (by_team[rounding > 0.5] > 0.6).all()
    assert (by_team[rounding < 0.5] < 0.6).all()
    assert (rounding > 0.5).sum() == 1


def test_evenings_and_weekends_hold_the_share_of_hours_that_the_parameters_say(own, bench, entries):
    markers = bench.parameters.markers.set_index("team")
    opens = own["person"].map(entries.drop_duplicates("person").set_index("person")["day_starts"])
    weekend = own["local_date"].dt.day_of_week >= 5
    outside = weekend | (own["minute"] >= opens + 600) | (own["minute"] < opens)
    hours = own.groupby("team")["true_hours"].sum()
    for mask, name in ((weekend, "weekend_share"), (outside, "outside_share")):
        drawn = (own["true_hours"] * mask).groupby(own["team"]).sum() / hours
        assert drawn.to_numpy() == pytest.approx(markers[name].reindex(drawn.index), abs=0.03)
        assert drawn.corr(markers[name], method="spearman") > 0.9


def test_what_runs_over_midnight_goes_on_at_midnight_in_a_row_of_its_own(own):
    rest = own[own["part"] == 1]
    assert len(rest) > 50
    assert (rest["minute"] == 0).all()
    before = own.loc[rest.index - 1]
    assert (before["person"].to_numpy() == rest["person"].to_numpy()).all()
    for column in ("title", "tag", "project", "category"):
        assert before[column].fillna("").tolist() == rest[column].fillna("").tolist()
    ends = before["started_at"] + pd.to_timedelta(before["true_hours"] * 60, unit="m").dt.round("s")
    assert (ends.to_numpy() == rest["started_at"].to_numpy()).all()
    assert np.isin(own["part"].unique(), [0, 1]).all()


def test_the_start_of_the_day_scatters_by_team(own, bench):
    first = own[own["part"] == 0].groupby(["person", "team", "local_date"])["minute"].first()
    by_day = first[first < 15 * 60].groupby(["person", "team"]).std().groupby("team").median()
    wanted = bench.parameters.markers.set_index("team")["start_sd"]
    calm = bench.parameters.markers.set_index("team")["rounding"] < 0.5
    assert by_day[calm].corr(wanted[calm], method="spearman") > 0.8
