"""Reading a long log takes seconds, not minutes."""

import time

import pytest

from taskmix.ingest import Counts

N = 20_000


@pytest.mark.parametrize("form", ["plain", "toggl"])
def test_twenty_thousand_rows_take_a_few_seconds_at_most(form, workspace, put, plain, toggl, take):
    settings = workspace()
    days = [f"2026-{1 + n // 28 % 12:02d}-{1 + n % 28:02d}" for n in range(N)]
    text = (
        plain(*(f"p{n % 50},Task {n},P,{day},,1.5,creative," for n, day in enumerate(days)))
        if form == "plain"
        else toggl(
            *((f"p{n % 50}", f"Task {n}", day, "09:00:00", "10:30:00", "1:30:00")
              for n, day in enumerate(days))
        )
    )  # fmt: skip
    put(settings, "long.csv", text)
    started = time.process_time()
    assert take(settings).counts == Counts(read=N, accepted=N)
    # A second or so of processor time; a step that works row by row in pandas takes ten.
    assert time.process_time() - started < 6
