"""Hours outside the declared ones, weekends, span and start of the day, by hand."""

import statistics

import pytest

MARKERS = ("outside_hours", "weekend", "day_span", "start_spread")
OUTSIDE = ("outside_hours",)
MONDAY, TUESDAY, SATURDAY = "2026-07-06", "2026-07-07", "2026-07-11"
OFFICE = {"person": "ana", "day_starts": 540, "day_ends": 1020, "work_days": "01234"}


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_hours_outside_the_declared_ones_by_the_clock(
    measured, make_log, roster, entry, value_of, engine
):
    log = make_log(
        entry(MONDAY, "08:00", "10:00"),  # one of two hours
        entry(MONDAY, "16:30", "18:00"),  # one of one and a half
        entry(TUESDAY, "09:00", "17:00"),  # none of eight, and both ends are inside
        entry(SATURDAY, "10:00", "11:00"),  # all
    )
    table = measured(log, only=OUTSIDE, entries=roster(OFFICE), engine=engine)
    assert value_of(table, "outside_hours") == pytest.approx(3 / 12.5)


def test_declared_hours_are_by_the_persons_own_clock(measured, make_log, roster, entry, value_of):
    # 8:30 UTC is 10:30 in Berlin in July, and 9:30 in January.
    log = make_log(entry(MONDAY, "08:30", "09:30"), entry("2026-01-05", "08:30", "09:30"))
    shift = OFFICE | {"day_starts": 600, "time_zone": "Europe/Berlin"}
    table = measured(log, only=OUTSIDE, entries=roster(shift))
    assert value_of(table, "outside_hours", period="2026-Q3") == 0
    assert value_of(table, "outside_hours", period="2026-Q1") == pytest.approx(0.5)


def test_the_day_on_which_clocks_change_has_two_offsets(
    measured, make_log, roster, entry, value_of
):
    # Sunday 29 March 2026, Berlin: 2:00 becomes 3:00 at 1:00 UTC. 0:30 UTC is 1:30, 1:30 is 3:30.
    log = make_log(entry("2026-03-29", "00:30", "01:00"), entry("2026-03-29", "01:30", "02:00"))
    night = {"person": "ana", "time_zone": "Europe/Berlin", "work_days": "6",
             "day_starts": 90, "day_ends": 120}  # fmt: skip
    table = measured(log, only=OUTSIDE, entries=roster(night))
    assert value_of(table, "outside_hours") == pytest.approx(0.5)


def test_a_shift_over_midnight_is_declared_on_both_days(
    measured, make_log, roster, entry, value_of
):
    log = make_log(
        entry(MONDAY, "22:00", "00:00"), entry(TUESDAY, "00:00", "06:00", part=1),
        entry(TUESDAY, "06:00", "08:00"),
    )  # fmt: skip
    night = {"person": "ana", "day_starts": 1320, "day_ends": 360, "work_days": "0"}
    assert value_of(
        measured(log, only=OUTSIDE, entries=roster(night)), "outside_hours"
    ) == pytest.approx(0.2)


def test_who_declares_nothing_is_left_out_and_stays_in_the_rest(
    measured, make_log, roster, entry, value_of, why_not
):
    log = make_log(entry(MONDAY, "16:00", "18:00"), entry(MONDAY, "03:00", "09:00", person="bo"))
    bo = {"person": "bo", "time_zone": "Asia/Tokyo"}
    table = measured(log, entries=roster(OFFICE, bo))
    assert value_of(table, "outside_hours") == pytest.approx(0.5)
    assert value_of(table, "day_span") == pytest.approx(4)
    nobody = measured(log, only=OUTSIDE)
    assert why_not(nobody, "outside_hours") == (
        "not enough data: people.csv declares hours for nobody"
    )


def test_declared_hours_hold_for_their_days_only(measured, make_log, roster, entry, value_of):
    log = make_log(entry(MONDAY, "08:00", "10:00"), entry("2026-08-03", "08:00", "10:00"))
    before = OFFICE | {"last_day": "2026-07-31"}
    assert value_of(
        measured(log, only=OUTSIDE, entries=roster(before)), "outside_hours"
    ) == pytest.approx(0.5)
    later = {"person": "ana", "first_day": "2026-08-01", "day_starts": 480, "day_ends": 960,
             "work_days": "0"}  # fmt: skip
    both = measured(log, only=OUTSIDE, entries=roster(before, later))
    assert value_of(both, "outside_hours") == pytest.approx(0.25)


def test_weekends_are_of_tasks_of_one_day_with_or_without_a_clock(measured, make_log, value_of):
    log = make_log(
        {"local_date": SATURDAY, "hours": 2.0}, {"local_date": MONDAY, "hours": 6.0},
        {"local_date": SATURDAY, "local_end_date": "2026-07-20", "hours": 100.0},
    )  # fmt: skip
    assert value_of(measured(log, only=["weekend"]), "weekend") == pytest.approx(0.25)


def test_the_span_of_a_day_is_the_median_from_first_start_to_last_end(
    measured, make_log, entry, value_of
):
    log = make_log(
        entry(MONDAY, "09:00", "10:00"), entry(MONDAY, "17:00", "18:00"),
        entry(TUESDAY, "09:00", "10:00"),  # a day with one task
        entry(SATURDAY, "09:00", "12:00"),
    )  # fmt: skip
    assert value_of(measured(log), "day_span") == pytest.approx(3)


def test_what_runs_over_midnight_belongs_to_the_day_before(measured, make_log, entry, value_of):
    log = make_log(
        entry(MONDAY, "20:00", "00:00"), entry(TUESDAY, "00:00", "02:00", part=1),
        entry(TUESDAY, "10:00", "12:00"),
    )  # fmt: skip
    table = measured(log)
    assert value_of(table, "day_span") == pytest.approx((6 + 2) / 2)
    assert value_of(table, "start_spread") == pytest.approx(statistics.stdev([20 * 60, 10 * 60]))


def test_the_spread_of_starts_is_by_the_clock_on_the_wall(
    measured, make_log, roster, entry, value_of
):
    # 9:00 in Berlin in winter and in summer.
    log = make_log(entry("2026-03-27", "08:00", "12:00"), entry("2026-03-30", "07:00", "12:00"))
    berlin = {"person": "ana", "time_zone": "Europe/Berlin"}
    assert value_of(measured(log, entries=roster(berlin)), "start_spread") == 0
    assert value_of(measured(log, home="Europe/Berlin"), "start_spread") == 0
    assert value_of(measured(log), "start_spread") == pytest.approx(60 / 2**0.5)


def test_one_day_has_a_span_and_no_spread(measured, make_log, entry, value_of, why_not):
    table = measured(make_log(entry(MONDAY, "09:00", "10:30")))
    assert value_of(table, "day_span") == pytest.approx(1.5)
    assert "has 0 people with 1 days on the clock" in why_not(table, "start_spread")


def test_dates_alone_are_no_clock(measured, make_log, entry, why_not, value_of):
    log = make_log(entry(MONDAY, "09:00", "10:00"), {"local_date": MONDAY, "hours": 1.1,
                                                      "project": "a"})  # fmt: skip
    table = measured(log)
    for marker in ("outside_hours", "day_span", "start_spread"):
        assert why_not(table, marker) == (
            "not enough data: has clock times for 48% of the hours, needs 50%"
        )
    assert value_of(table, "weekend") == 0
