"""All markers of one log: the same on every engine, groups alone, nothing of a person."""

import pandas as pd
import pytest

from taskmix.errors import MeasureError
from taskmix.measures.markers import MARKERS as ALL
from taskmix.measures.markers import marker_catalogue

#: Weekends among them.
DAYS = pd.date_range("2026-07-01", periods=40)


@pytest.fixture(scope="module")
def log(make_log, entry):
    """Two teams of three people, and who logs hardly anything."""
    rows = []
    for number, person in enumerate(["ana", "bo", "cy", "dee", "eli", "fay"]):
        team = {"team": "red" if number < 3 else "blue", "department": "x", "person": person}
        for n, day in enumerate(DAYS):
            at = f"{day:%Y-%m-%d}"
            rows += [
                entry(at, f"0{8 + (n + number) % 2}:07", "10:47", "ab"[n % 2], tag="execution",
                      performer="both", collaborators="zed; ana", **team),
                entry(at, "10:50", "12:09", "abc"[n % 3], tag="judgment", oversight="checking",
                      performer="human", **team),
                entry(at, "13:11", "17:40", "c", tag="creative", performer="human", **team),
            ]  # fmt: skip
    # Of no project, at the very same time as another, and over midnight.
    rows += [
        entry("2026-07-01", "12:10", "12:20", None, person="ana"),
        entry("2026-07-02", "10:50", "12:09", "d", person="ana"),
        entry("2026-07-03", "22:10", "00:00", "c", person="bo"),
        entry("2026-07-04", "00:00", "00:40", "c", person="bo", part=1),
        entry("2026-07-01", "09:07", "12:00", tag="execution", person="guest"),
    ]
    rows.append(entry("2026-01-02", "09:07", "12:00", tag="execution", person="ana"))
    return make_log(*rows)


def test_every_engine_says_the_same(measured, log):
    frames = [measured(log, engine=engine, by="team", min_days=20, min_people=3)
              for engine in ("pandas", "duckdb")]  # fmt: skip
    pd.testing.assert_frame_equal(*frames)
    now = frames[0][frames[0]["period"] == "2026-Q3"]
    assert len(now) == 2 * len(ALL)
    assert now["value"].notna().sum() > 20


def test_a_row_is_a_marker_of_a_group_in_a_period_and_holds_no_person(measured, log):
    before = log.copy(deep=True)
    figures = ["value", "low", "high", "before", "change", "change_low", "change_high",
               "n_people", "n_days", "why_not"]  # fmt: skip
    table = measured(log, by="department", min_days=20, min_people=3)
    assert list(table) == ["period", "department", "marker", *figures]
    assert not table.duplicated(["period", "department", "marker"]).any()
    text = table.select_dtypes("str").to_numpy().ravel()
    assert not {"ana", "bo", "guest", "zed"} & set(text)
    # A figure or a reason, never both and never neither.
    assert (table["value"].isna() == table["why_not"].notna()).all()
    # All of the catalogue, in its order.
    assert list(dict.fromkeys(table["marker"])) == list(ALL) == list(marker_catalogue()["marker"])
    pd.testing.assert_frame_equal(log, before)


def test_a_guest_with_one_day_is_in_no_figure(measured, log, value_of):
    without = log[log["person"] != "guest"]
    some = ["depth", "decision", "weekend", "breadth"]
    with_guest, alone = (
        measured(rows, only=some, min_days=20, min_people=3) for rows in (log, without)
    )
    for marker in some:
        found = value_of(alone, marker, period="2026-Q3")
        assert found > 0
        assert value_of(with_guest, marker, period="2026-Q3") == found


def test_depth_is_hidden_where_clocks_are_rounded(measured, make_log, entry, why_not, value_of):
    def days(minute, *, n, first=0):
        return [
            entry(f"2026-07-{day + first:02d}", f"09:{minute}", "17:00") for day in range(1, n + 1)
        ]

    table = measured(make_log(*days("00", n=7), *days("07", n=3, first=7)), only=["depth"])
    assert why_not(table, "depth") == (
        "not shown: 70% of the starts fall on :00 or :30, more than 60%, and rounded clocks hide "
        "the gaps"
    )
    table = measured(make_log(*days("30", n=6), *days("07", n=4, first=6)), only=["depth"])
    assert value_of(table, "depth") == 1


def test_only_what_is_asked_for_is_measured(measured, log):
    table = measured(log, only=["weekend", "depth"], min_days=20, min_people=3)
    assert list(dict.fromkeys(table["marker"])) == ["depth", "weekend"]
    with pytest.raises(MeasureError, match="there is no marker 'depht'; did you mean 'depth'"):
        measured(log, only=["depht"])


@pytest.mark.parametrize("rows", [{"performer": "ai"}, {"person": None}])
@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_a_log_of_nobody_has_no_markers(measured, make_log, rows, engine):
    table = measured(make_log(rows), engine=engine, by="team")
    assert table.empty
    assert list(table)[:3] == ["period", "team", "marker"]


def test_a_log_of_dates_and_hours_alone_says_what_is_missing(measured, make_log, why_not):
    table = measured(make_log({"tag": "judgment"}, {"tag": "execution"}), min_people=10)
    reasons = {name: why_not(table, name) for name in ALL}
    assert all(reasons.values())
    assert reasons["depth"].startswith("not enough data: has clock times for 0% of the hours")
    assert reasons["breadth"].startswith("not enough data: has a project for 0% of the hours")
    assert reasons["decision"] == (
        "not enough data: has fewer than 10 people with 1 logged days, needs 10"
    )
