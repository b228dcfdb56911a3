"""Zones and shifts of the roster: nobody is lost, and no day has two places."""

import pandas as pd
import pytest

from taskmix.measures.markers import make_places, places_of
from taskmix.settings import load_settings
from taskmix.store import TABLES, merge_rows, open_log

DAYS = {"first": pd.Timestamp("2026-01-01"), "last": pd.Timestamp("2026-12-31")}


def test_whoever_is_in_the_roster_is_somewhere_on_every_day(roster):
    entries = roster(
        {"person": "ana", "first_day": "2026-03-01", "last_day": "2026-03-31",
         "time_zone": "Asia/Tokyo"},
        {"person": "ana", "first_day": "2026-05-01", "time_zone": "Europe/Berlin"},
        {"person": "bo"},
    )  # fmt: skip
    people = make_places(entries, home="UTC", **DAYS).people
    for person in ("ana", "bo"):
        own = people[people["person"] == person].sort_values("from_day")
        assert (own["from_day"].iloc[1:].to_numpy() == own["to_day"].iloc[:-1] + 1).all()
    ana = people[people["person"] == "ana"].sort_values("from_day")
    assert ana["zone"].tolist() == ["UTC", "Asia/Tokyo", "UTC", "Europe/Berlin"]


def test_a_zones_day_knows_when_its_clocks_change(roster):
    zones = make_places(roster(), home="Europe/Berlin", **DAYS).zones
    change = zones[zones["offset_s"] != zones["offset_after_s"]]
    assert pd.to_datetime(change["change_s"], unit="s").astype("str").tolist() == [
        "2026-03-29 01:00:00", "2026-10-25 01:00:00",
    ]  # fmt: skip
    assert change[["offset_s", "offset_after_s"]].to_numpy().tolist() == [
        [3600, 7200],
        [7200, 3600],
    ]


@pytest.fixture
def workspace(make_log, tmp_path, give_key):
    """A workspace whose roster declares one person's hours, and its log."""
    project = tmp_path / "work"
    project.mkdir()
    toml = f'[privacy]\nkey_folder = "{tmp_path / "keys"}"\n'
    (project / "taskmix.toml").write_text(toml, encoding="utf-8")
    (project / "people.csv").write_text(
        "person,time_zone,day_starts,day_ends\nAna Ruiz,Asia/Tokyo,09:00,17:00\n", encoding="utf-8"
    )
    settings = load_settings(project)
    key = give_key(settings)
    rows = make_log({"person": key.pseudonym("Ana Ruiz"), "hours": 1.0})
    rows = rows.assign(month="2026-07", digest="d", logged_as="p", file="f", run_id="r")
    fields = TABLES["tasks"].fields.names
    merge_rows(settings.processed, "tasks", changed=rows[fields], removed=[], run_id="r")
    return settings, key


def test_the_roster_is_matched_with_the_log_under_the_key(workspace):
    settings, key = workspace
    places = places_of(open_log(settings.processed), settings)
    shifts = places.shifts.df()
    assert set(shifts["person"]) == {key.pseudonym("Ana Ruiz")}
    assert shifts[["shift_from_s", "shift_to_s"]].drop_duplicates().to_numpy().tolist() == [
        [9 * 3600, 17 * 3600]
    ]
    assert sorted(places.zones.df()["zone"].unique()) == ["Asia/Tokyo", "UTC"]
    assert places.why_none == ""


def test_without_the_key_nobody_is_matched_and_the_reason_is_told(workspace):
    settings, _ = workspace
    for path in settings.key_folder.iterdir():
        path.unlink()
    places = places_of(open_log(settings.processed), settings)
    assert places.shifts.df().empty
    assert places.why_none == (
        "the workspace’s key is not here, so people.csv cannot be matched with the log"
    )
