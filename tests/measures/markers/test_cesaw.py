"""Real time logs of software teams: every figure equals one computed from the raw file alone."""

import csv
import datetime as dt
import lzma
import math
import statistics
from collections import defaultdict
from functools import cache
from types import SimpleNamespace

import pytest

from taskmix.ingest import ingest
from taskmix.measures import hours_by_label, rollup
from taskmix.measures.markers import markers, places_of
from taskmix.settings import load_settings
from taskmix.store import open_log

# One worker reads the log for all of these tests.
pytestmark = [pytest.mark.real, pytest.mark.xdist_group("cesaw")]

#: What the file calls a project is the group here; people change between its parts.
TOML = """
[mapping.cesaw]
date_format = "%m/%d/%Y %H:%M"
hours_unit = "minutes"
[mapping.cesaw.columns]
person = "person_key"
team = "project_key"
project = "wbs_element_key"
title = ["phase_short_name", "process_name"]
tag = "phase_short_name"
started_at = "time_log_start_date"
ended_at = "time_log_end_date"
hours = "time_log_delta_minutes"
[tags]
"""
LEAST_PEOPLE, LEAST_DAYS = 6, 20
MIDNIGHT, DAY = dt.time(), dt.timedelta(days=1)


@pytest.fixture(scope="module")
def cesaw(shared_data, tmp_path_factory):
    path = shared_data / "cesaw" / "time_log.csv.xz"
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    with (shared_data / "cesaw" / "phase_mapping.csv").open(encoding="utf-8", newline="") as file:
        phases = {row["phase"].strip().casefold(): row["category"] for row in csv.DictReader(file)}
    project = tmp_path_factory.mktemp("cesaw")
    tags = "\n".join(f'"{phase}" = "{name or "untagged"}"' for phase, name in phases.items())
    private = f'[privacy]\nmin_people = {LEAST_PEOPLE}\nkey_folder = "{project.parent}"'
    (project / "taskmix.toml").write_text(f"{TOML}{tags}\n{private}\n", encoding="utf-8")
    settings = load_settings(project)
    outcome = ingest(settings, [path])
    assert not [file.error for file in outcome.files if file.error]
    log = open_log(settings.processed)
    table = markers(
        log.tasks, log.sorted, frequency="year", by="team", places=places_of(log, settings),
        min_people=settings.min_people, min_days=LEAST_DAYS,
    )  # fmt: skip
    mix = hours_by_label(rollup(log.tasks, log.sorted, frequency="year"), by=("period", "team"))
    return SimpleNamespace(table=table, mix=mix, pieces=read_pieces(path, phases))


@cache
def read_day(text):
    return dt.datetime.strptime(text, "%m/%d/%Y")


def read_time(text):
    day, _, time = text.partition(" ")
    hours, minutes = map(int, time.split(":"))
    return read_day(day) + dt.timedelta(hours=hours, minutes=minutes)


def read_pieces(path, phases):
    """Read the entries that a time log can hold, cut at midnight, straight from the file."""
    pieces = []
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            minutes = int(row["time_log_delta_minutes"])
            try:
                start, end = (read_time(row[f"time_log_{name}_date"]) for name in ("start", "end"))
            except ValueError:
                continue
            clock = (end - start).total_seconds() / 60
            if minutes <= 0 or minutes > clock + 1:
                continue
            whole = {
                "person": row["person_key"], "group": row["project_key"],
                "part_of": row["wbs_element_key"], "first": start.date(),
                "category": phases.get(row["phase_short_name"].strip().casefold()) or "unsure",
            }  # fmt: skip
            # In hours, as the log keeps them: one entry is a minute, to the last digit, too short.
            is_cut = abs(minutes / 60 - clock / 60) <= 1 / 60 or clock <= 24 * 60
            while start < end:
                until = midnight_after({"day": start.date()}) if is_cut else end
                until = min(until, end)
                part = (until - start).total_seconds() / 60 / clock
                pieces.append(
                    {**whole, "start": start, "end": until, "hours": minutes / 60 * part,
                     "day": start.date()}
                )  # fmt: skip
                start = until
    return pieces


def by_cell(pieces, value):
    """Gather the pieces of each project and year, of the people with enough days in it."""
    cells = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        cells[piece["group"], str(piece["day"].year)][piece["person"]].append(piece)
    found = {}
    for cell, people in cells.items():
        enough = {who: own for who, own in people.items()
                  if len({piece["day"] for piece in own}) >= LEAST_DAYS}  # fmt: skip
        if len(enough) >= LEAST_PEOPLE:
            found[cell] = value(enough)
    return found


def check(cesaw, marker, expected, *, at_least=8):
    rows = cesaw.table[(cesaw.table["marker"] == marker) & cesaw.table["value"].notna()]
    found = {(row.team, row.period): row.value for row in rows.itertuples()}
    assert len(found) >= at_least
    for cell, value in found.items():
        assert value == pytest.approx(expected[cell], rel=1e-6), cell
    return found


def test_the_mix_of_each_project_and_year(cesaw):
    expected = defaultdict(float)
    for piece in cesaw.pieces:
        expected[str(piece["day"].year), piece["group"], piece["category"]] += piece["hours"]
    found = {(row.period, row.team, row.label): row.hours for row in cesaw.mix.itertuples()
             if row.hours}  # fmt: skip
    assert len(found) > 60
    assert found.keys() == expected.keys()
    for cell, hours in found.items():
        assert hours == pytest.approx(expected[cell], abs=1e-6)


def clocked(pieces):
    """Put each person's pieces in order, those that ran less than a day."""
    people = defaultdict(list)
    for piece in pieces:
        if piece["end"] - piece["start"] < DAY:
            people[piece["person"]].append(piece)
    for own in people.values():
        own.sort(key=lambda piece: (piece["start"], piece["end"], piece["part_of"]))
    return people


def minutes(span):
    return span.total_seconds() / 60


def mark_deep_and_changes(pieces):
    """Walk through each person's day as one would with a pencil."""
    for own in clocked(pieces).values():
        block, busy, before = [], None, None
        for piece in own:
            gap = None if busy is None else minutes(piece["start"] - busy)
            same = before is not None and before["part_of"] == piece["part_of"]
            piece["changes"] = int(before is not None and not same and gap <= 30)
            piece["busy"] = piece["start"] if busy is None else busy
            cell = (piece["group"], piece["day"].year)
            ends = not same or gap > 10
            if ends or cell != (before["group"], before["day"].year):
                measure(block, piece["start"] if ends else None)
                block = []
            block.append(piece | {"inside": not ends, "row": piece})
            busy = piece["end"] if busy is None else max(busy, piece["end"])
            before = piece
        measure(block, None)


def measure(block, next_start):
    if not block:
        return
    first = max(block[0]["start"], block[0]["busy"])
    last = max(piece["end"] for piece in block)
    length = minutes((last if next_start is None else min(last, next_start)) - first)
    taken = sum(worked(piece) for piece in block) + sum(
        max(0.0, minutes(piece["start"] - piece["busy"])) for piece in block if piece["inside"]
    )
    deep = min(length, taken)
    for piece in block:
        piece["row"]["deep"] = piece["hours"] * deep / taken if deep >= 90 else 0.0


def worked(piece):
    clock = minutes(piece["end"] - piece["start"])
    own = piece["hours"] * 60
    return own if round(own * 60) < clock * 60 - 60 else clock


def test_depth_and_fragmentation_of_each_project_and_year(cesaw):
    mark_deep_and_changes(cesaw.pieces)

    def per_hour(name):
        def value(people):
            own = [p for pieces in people.values() for p in pieces if name in p]
            return sum(p[name] for p in own) / sum(p["hours"] for p in own)

        return value

    depth = check(cesaw, "depth", by_cell(cesaw.pieces, per_hour("deep")))
    changes = check(cesaw, "fragmentation", by_cell(cesaw.pieces, per_hour("changes")))
    assert max(depth.values()) - min(depth.values()) > 0.05
    assert max(changes.values()) > min(changes.values()) > 0


def midnight_after(piece):
    return dt.datetime.combine(piece["day"] + DAY, MIDNIGHT)


def test_weekends_of_each_project_and_year(cesaw):
    def value(people):
        own = [p for pieces in people.values() for p in pieces if p["end"] <= midnight_after(p)]
        total = sum(p["hours"] for p in own)
        return sum(p["hours"] for p in own if p["day"].weekday() >= 5) / total

    shown = cesaw.table[cesaw.table["marker"] == "weekend"].set_index(["team", "period"])
    expected = by_cell(cesaw.pieces, value)
    none = [cell for cell, share in expected.items() if share == 0]
    assert all("all or none" in shown.loc[cell, "why_not"] for cell in none)
    check(cesaw, "weekend", expected, at_least=4)


def lived(pieces):
    """Give the span in hours and the first start in minutes of each day, by its first day."""
    spans = defaultdict(list)
    for piece in pieces:
        if piece["end"] - piece["start"] < DAY:
            spans[piece["first"]].append(piece)
    days = {}
    for day, own in spans.items():
        begun = [p["start"] for p in own if p["day"] == day]
        if begun:
            first = min(begun)
            days[day] = (minutes(max(p["end"] for p in own) - first) / 60,
                         first.hour * 60 + first.minute)  # fmt: skip
    return days


@pytest.mark.parametrize(
    ("marker", "of_days"),
    [("day_span", lambda days: statistics.median(span for span, _ in days)),
     ("start_spread", lambda days: statistics.stdev(start for _, start in days))],
)  # fmt: skip
def test_the_days_of_each_project_and_year(cesaw, marker, of_days):
    def value(people):
        days = [list(lived(own).values()) for own in people.values()]
        own = [of_days(d) for d in days if len(d) >= LEAST_DAYS]
        return statistics.mean(own) if len(own) >= LEAST_PEOPLE else math.nan

    check(cesaw, marker, by_cell(cesaw.pieces, value))
