"""Calendars as iCalendar files."""

import datetime as dt
import sys
import time

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taskmix.errors import ReaderError, TaskmixError
from taskmix.ingest import Counts, choose_reader, load_readers, settle
from taskmix.ingest.protocol import Reader
from taskmix.ingest.readers.ics import CalendarReader
from taskmix.ingest.readers.recurrences import MOST_OCCURRENCES

ANA = '[workspace]\ntime_zone = "Europe/Berlin"\n[readers.ics]\nperson = "ana@x.org"\n'
NOW = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)
BERLIN = "TZID=Europe/Berlin:"


def event(*lines: str, uid: str = "1@x", start: str = f"DTSTART;{BERLIN}20260601T090000",
          end: str = f"DTEND;{BERLIN}20260601T100000") -> str:  # fmt: skip
    named = [f"UID:{uid}"] if uid else []
    body = [*named, *filter(None, (start, end)), *lines]
    if not any(line.startswith("SUMMARY") for line in lines):
        body.append("SUMMARY:Plan")
    return "\r\n".join(["BEGIN:VEVENT", *body, "END:VEVENT"])


def calendar(*parts: str, name: str = "X-WR-CALNAME:Work") -> str:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *filter(None, [name])]
    return "\r\n".join([*head, *parts, "END:VCALENDAR", ""])


@pytest.fixture(autouse=True)
def _read_at_noon(monkeypatch):
    monkeypatch.setattr("taskmix.ingest.readers.ics.utc_now", lambda: NOW)


@pytest.fixture
def draft(workspace, put):
    """Read a calendar of these parts."""

    def read(
        *parts: str, content: str | bytes | None = None, toml: str = ANA, name="c.ics", **more
    ):
        made = workspace(toml)
        path = put(made, name, calendar(*parts) if content is None else content)
        reader = choose_reader(path, load_readers(made))
        assert isinstance(reader, CalendarReader)
        return reader.read(path, made)

    return read


def reasons(draft) -> dict[int, str]:
    faults = reversed(draft.faults)
    return {number: fault.reason for fault in faults for number in fault.rows.index[fault.rows]}


def starts(draft) -> list[str]:
    """Return the starts in UTC, as month-day and clock."""
    return draft.rows["started_at"].dropna().dt.strftime("%m-%d %H:%M").tolist()


def test_the_reader_keeps_to_the_protocol():
    assert isinstance(CalendarReader(), Reader)


def test_an_event_becomes_a_task(workspace, put, take, tasks, known_as):
    made = workspace(ANA + '[tags]\nmeeting = "connective"\n')
    put(made, "c.ics", calendar(
        event("SUMMARY:Plan the roof\\, then\r\n  the gutter", "CATEGORIES:Meeting,a\\;b",
              "ORGANIZER;CN=Bo:mailto:Bo@X.org",
              "ATTENDEE;CN=Ana;PARTSTAT=ACCEPTED:mailto:ANA@x.org",
              'ATTENDEE;CN="Cy; the elder":invalid:nomail',
              "ATTENDEE;CUTYPE=RESOURCE:mailto:room@resource.calendar.google.com",
              "ATTENDEE;CUTYPE=ROOM:mailto:room@x.org",
              "ATTENDEE;PARTSTAT=DECLINED:mailto:dee@x.org",
              "ATTENDEE:mailto:bo@x.org")
    ))  # fmt: skip
    outcome = take(made)
    assert outcome.counts == Counts(read=1, accepted=1)
    task = tasks(made).iloc[0]
    assert task["title"] == "Plan the roof, then the gutter"
    assert task["started_at"] == pd.Timestamp("2026-06-01T07:00Z")
    assert (task["hours"], task["project"], task["tag"]) == (1.0, "Work", "connective")
    assert task["person"] == known_as("ana@x.org")
    # Not the owner, no rooms, nobody who declined; Bo is both guest and organizer.
    assert task["collaborators"].split("; ") == [known_as("Cy, the elder"), known_as("bo@x.org")]


def test_a_series_is_one_record_with_a_row_for_each_time_up_to_now(workspace, put, take, tasks):
    made = workspace(ANA)
    put(made, "c.ics", calendar(event("RRULE:FREQ=WEEKLY;BYDAY=MO")))
    outcome = take(made)
    # Mondays from 1 June to noon of 1 July 2026, a Wednesday: 1, 8, 15, 22, 29 June.
    assert outcome.counts == Counts(read=1, accepted=1, expanded=4)
    assert tasks(made)["local_date"].dt.day.tolist() == [1, 8, 15, 22, 29]
    assert outcome.files[0].notes == {"series that go on: read up to now": 1}


def test_a_series_keeps_its_wall_clock_over_the_change_of_the_clocks(draft):
    made = draft(event("RRULE:FREQ=WEEKLY;COUNT=3", start=f"DTSTART;{BERLIN}20260322T090000",
                       end=f"DTEND;{BERLIN}20260322T100000"))  # fmt: skip
    # Berlin's clocks went forward on 29 March 2026.
    assert starts(made) == ["03-22 08:00", "03-29 07:00", "04-05 07:00"]
    assert (made.rows["ended_at"] - made.rows["started_at"]).eq(pd.Timedelta(hours=1)).all()
    assert made.notes == {}


@pytest.mark.parametrize(
    ("end", "hours"),
    [
        # RFC 5545, 3.8.5.3: with DTEND each takes exactly as long as the first, with DURATION
        # hours are exact and days nominal. The second night loses an hour.
        (f"DTEND;{BERLIN}20260322T060000", [8.0, 8.0]),
        ("DURATION:PT8H", [8.0, 8.0]),
        ("DURATION:P1D", [24.0, 23.0]),
    ],
)
def test_a_night_that_loses_an_hour_is_as_long_as_its_length_says(end, hours, draft):
    made = draft(
        event("RRULE:FREQ=WEEKLY;COUNT=2", start=f"DTSTART;{BERLIN}20260321T220000", end=end)
    )
    lengths = (made.rows["ended_at"] - made.rows["started_at"]).dt.total_seconds() / 3600
    assert lengths.tolist() == hours


def test_a_single_night_is_as_long_as_it_was_in_absolute_time(draft):
    night = event(start=f"DTSTART;{BERLIN}20260328T220000", end=f"DTEND;{BERLIN}20260329T060000")
    rows = draft(night).rows
    assert (rows["ended_at"] - rows["started_at"])[1] == pd.Timedelta(hours=7)
    assert rows["local_end_date"][1] == pd.Timestamp("2026-03-29")


def test_exceptions_additions_and_changes_of_a_series(draft):
    made = draft(
        event("RRULE:FREQ=DAILY;COUNT=5", f"EXDATE;{BERLIN}20260602T090000",
              f"RDATE;{BERLIN}20260610T150000"),
        event(f"RECURRENCE-ID;{BERLIN}20260603T090000", "SUMMARY:Moved",
              start=f"DTSTART;{BERLIN}20260604T160000", end=f"DTEND;{BERLIN}20260604T180000"),
        event(f"RECURRENCE-ID;{BERLIN}20260605T090000", "STATUS:CANCELLED",
              start=f"DTSTART;{BERLIN}20260605T090000"),
    )  # fmt: skip
    # 1 to 5 June: the 2nd is excepted, the 3rd moved to the 4th, the 5th cancelled, the 10th new.
    first = made.rows.loc[[1]]
    assert starts(made) == ["06-01 07:00", "06-04 07:00", "06-10 13:00", "06-04 14:00"]
    assert first.index.tolist() == [1, 1, 1]
    assert made.rows["title"].dropna().tolist() == ["Plan", "Plan", "Plan", "Moved"]
    assert made.skipped == {3: "cancelled"}
    # The moved one keeps the id of the time that it was moved from.
    assert made.rows["id"][2] == "ana@x.org 1@x 20260603T070000Z"
    assert first["id"].iloc[0] == "ana@x.org 1@x 20260601T070000Z"


def test_a_period_among_the_further_dates_has_its_own_end(draft):
    made = draft(
        event("RDATE;VALUE=PERIOD:20260608T070000Z/PT3H,20260609T070000Z/20260609T073000Z")
    )
    lengths = (made.rows["ended_at"] - made.rows["started_at"]).dt.total_seconds() / 3600
    assert lengths.tolist() == [1.0, 3.0, 0.5]


def test_a_change_of_this_and_all_later_times(draft):
    made = draft(
        event("RRULE:FREQ=DAILY;COUNT=4"),
        event(f"RECURRENCE-ID;RANGE=THISANDFUTURE;{BERLIN}20260603T090000", "SUMMARY:Later",
              start=f"DTSTART;{BERLIN}20260603T110000", end=f"DTEND;{BERLIN}20260603T113000"),
    )  # fmt: skip
    assert starts(made) == ["06-01 07:00", "06-02 07:00", "06-03 09:00", "06-04 09:00"]
    assert made.rows.index.tolist() == [1, 1, 2, 2]
    assert made.rows["id"].str.split(" ").str[-1].tolist() == [
        f"2026060{day}T070000Z" for day in (1, 2, 3, 4)
    ]


def test_one_time_of_a_series_that_stands_alone_is_an_event(draft):
    made = draft(event(f"RECURRENCE-ID;{BERLIN}20260603T090000"))
    assert starts(made) == ["06-01 07:00"]


@pytest.mark.parametrize(
    ("lines", "start", "end", "reason"),
    [
        (["STATUS:CANCELLED"], None, None, "cancelled"),
        ([], "DTSTART;VALUE=DATE:20260601", "DTEND;VALUE=DATE:20260602", "all_day"),
        (["RRULE:FREQ=YEARLY"], "DTSTART;VALUE=DATE:16040101", "", "all_day"),
        (["X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"], f"DTSTART;{BERLIN}20260601T000000",
         f"DTEND;{BERLIN}20260602T000000", "all_day"),
        (["TRANSP:TRANSPARENT"], None, None, "transparent"),
        (["ATTENDEE;PARTSTAT=DECLINED:mailto:Ana@X.org"], None, None, "declined"),
        ([], "DTSTART:20260701T120001Z", "DTEND:20260701T130000Z", "in_the_future"),
        (["RRULE:FREQ=DAILY"], "DTSTART:20260702T120000Z", "DURATION:PT1H", "in_the_future"),
        (["RRULE:FREQ=DAILY;COUNT=1", f"EXDATE;{BERLIN}20260601T090000"], None, None,
         "no_occurrence"),
    ],
)  # fmt: skip
def test_what_is_no_work_done_is_skipped(lines, start, end, reason, draft):
    given = {} if start is None else {"start": start, "end": end}
    made = draft(event(*lines, **given), event(uid="2@x"))
    assert made.skipped == {1: reason}
    assert not made.faults
    assert made.rows.index.tolist() == [1, 2]


def test_who_declined_is_no_owner(draft):
    made = draft(event("ATTENDEE;PARTSTAT=DECLINED:mailto:bo@x.org",
                       "ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=Ana:mailto:ana@x.org"))  # fmt: skip
    assert made.skipped == {}
    assert made.notes == {"tentative or unanswered: counted as attended": 1}


def test_a_begun_event_counts_and_the_past_does_not_depend_on_the_clock(draft, monkeypatch):
    text = event("RRULE:FREQ=DAILY", start="DTSTART:20260628T120000Z", end="DURATION:PT1H")
    assert starts(draft(text)) == ["06-28 12:00", "06-29 12:00", "06-30 12:00", "07-01 12:00"]
    monkeypatch.setattr("taskmix.ingest.readers.ics.utc_now", lambda: NOW + dt.timedelta(days=400))
    assert starts(draft(text))[:4] == ["06-28 12:00", "06-29 12:00", "06-30 12:00", "07-01 12:00"]


ODD_ZONE = """BEGIN:VTIMEZONE
TZID:Ship time
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0430
TZOFFSETTO:+0430
END:STANDARD
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        ("DTSTART:20260601T090000Z", "09:00"),
        (f"DTSTART;{BERLIN}20260601T090000", "07:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20260601T090000", "07:00"),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260601T090000", "07:00"),
        ('DTSTART;TZID="Ship time":20260601T090000', "04:30"),
        ("DTSTART:20260601T090000", "07:00"),
    ],
)
def test_times_are_instants_whatever_their_zone(start, utc, draft):
    made = draft(ODD_ZONE, event(start=start, end="DURATION:PT1H"))
    assert starts(made) == [f"06-01 {utc}"]


def test_a_time_without_zone_is_the_readers(draft):
    toml = ANA.replace("[readers.ics]", '[readers.ics]\ntime_zone = "America/New_York"')
    made = draft(event(start="DTSTART:20260601T220000", end="DURATION:PT1H"), toml=toml)
    assert starts(made) == ["06-02 02:00"]
    assert made.rows["local_date"][1] == pd.Timestamp("2026-06-01")


def test_a_zone_that_nobody_knows_is_quarantined_and_another_files_is_not_used(draft):
    text = event(start='DTSTART;TZID="Ship time":20260601T090000', end="DURATION:PT1H")
    draft(ODD_ZONE, text)
    made = draft(text, event(uid="2"))
    assert reasons(made) == {1: "time_zone_unknown"}
    assert "'Ship time', which neither the file nor" in made.faults[0].detail[1]


@pytest.mark.parametrize(
    ("lines", "given", "reason"),
    [
        ([], {"start": ""}, "no_date"),
        ([], {"start": "DTSTART:2026"}, "event_unreadable"),
        ([], {"start": "DTSTART:20260230T090000"}, "event_unreadable"),
        ([f"DTSTART;{BERLIN}20260602T090000"], {}, "event_unreadable"),
        ([], {"end": "DTEND;VALUE=DATE:20260602"}, "event_unreadable"),
        ([], {"end": "DURATION:1h"}, "event_unreadable"),
        (["SEQUENCE:x"], {}, "event_unreadable"),
        (["RRULE:FREQ=NEVER"], {}, "event_unreadable"),
        (["RRULE:FREQ=DAILY;INTERVAL=0"], {}, "recurrence_unreadable"),
        (["RRULE:INTERVAL=2"], {}, "recurrence_unreadable"),
        (["RRULE:FREQ=DAILY;BYEASTER=0;BYHOUR=77"], {}, None),
        (["RRULE:FREQ=SECONDLY"], {}, "too_many_occurrences"),
        (["RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30"], {}, "too_many_occurrences"),
        (["RRULE:FREQ=HOURLY;UNTIL=20500101T000000Z"],
         {"start": "DTSTART:20200101T000000Z", "end": "DURATION:PT1M"}, "too_many_occurrences"),
        (["RRULE:FREQ=DAILY"], {"start": "DTSTART:19710101T000000Z", "end": "DURATION:PT1M"},
         "too_many_occurrences"),
        (["RRULE:FREQ=SECONDLY"], {"start": "DTSTART:00010101T000000Z", "end": "DURATION:PT1M"},
         "date_out_of_range"),
        ([], {"start": "DTSTART:99991231T235959", "end": "DURATION:P9D"}, None),
    ],
)  # fmt: skip
def test_a_broken_event_costs_only_itself_and_no_time(lines, given, reason, draft):
    begun = time.perf_counter()
    made = draft(event(*lines, **given), event(uid="2@x"))
    assert time.perf_counter() - begun < 3
    found = reasons(made)
    assert set(found) == {1}
    assert reason in {None, found[1]}
    assert made.rows.loc[2, "title"] == "Plan"


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
     "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20270101T000000Z",
     "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"],
)  # fmt: skip
def test_a_rule_that_never_comes_leaves_the_event_itself_and_costs_no_time(rule, draft):
    begun = time.perf_counter()
    assert starts(draft(event(f"RRULE:{rule}"))) == ["06-01 07:00"]
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;UNTIL=20260603T070000Z", [1, 2, 3]),
        ("FREQ=DAILY;UNTIL=20260603T065959Z", [1, 2]),
        ("FREQ=DAILY;UNTIL=20260603", [1, 2]),
        ("FREQ=DAILY;INTERVAL=2;COUNT=3", [1, 3, 5]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4;WKST=SU", [1, 3, 8, 10]),
        ("FREQ=MONTHLY;BYDAY=1MO", [1]),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260605T070000Z", [1, 2]),
        ("FREQ=HOURLY;COUNT=3", [1, 1, 1]),
        ("FREQ=DAILY;COUNT=0", [1]),
    ],
)
def test_rules_end_where_they_say(rule, days, draft):
    made = draft(event(f"RRULE:{rule}"))
    assert made.rows["local_date"].dt.day.tolist() == days
    assert made.rows["id"].is_unique


def test_a_rule_without_end_stops_at_the_cap_and_not_before(draft, monkeypatch):
    monkeypatch.setattr("taskmix.ingest.readers.recurrences.MOST_OCCURRENCES", 31)
    kept = draft(event("RRULE:FREQ=DAILY", start="DTSTART:20260601T110000Z", end="DURATION:PT1H"))
    assert len(kept.rows) == 31
    more = draft(event("RRULE:FREQ=DAILY", start="DTSTART:20260529T110000Z", end="DURATION:PT1H"))
    assert reasons(more) == {1: "too_many_occurrences"}
    assert MOST_OCCURRENCES == 10_000


def test_common_checks_refuse_impossible_lengths(workspace, put, take, quarantine):
    made = workspace(ANA)
    put(made, "c.ics", calendar(
        event(end=""), event(uid="2", end=f"DTEND;{BERLIN}20260601T080000"),
        event("RRULE:FREQ=DAILY;COUNT=3", uid="3", end=f"DTEND;{BERLIN}20260601T080000"),
        event("DURATION:PT1H", uid="4", end=""),
    ))  # fmt: skip
    assert take(made).counts == Counts(read=4, accepted=1, quarantined=3)
    assert quarantine(made)["reason"].tolist() == [
        "hours_not_positive", "ends_before_start", "ends_before_start"
    ]  # fmt: skip


def test_the_older_of_two_revisions_is_superseded(draft):
    made = draft(event("SEQUENCE:1", "SUMMARY:Old"), event("SEQUENCE:2", "SUMMARY:New"))
    assert made.skipped == {1: "superseded"}
    assert made.rows["title"][2] == "New"


def test_two_events_of_one_id_are_refused_or_counted_once(workspace, put, take, quarantine):
    made = workspace(ANA)
    put(made, "c.ics", calendar(event(), event(), event("SUMMARY:Other")))
    assert take(made).counts == Counts(read=3, accepted=1, unchanged=1, quarantined=1)
    assert quarantine(made)["reason"].tolist() == ["duplicate_id"]


def test_events_without_id_are_events_of_their_own(draft):
    made = draft(event(uid=""), event(uid=""), event("SUMMARY:Other", uid=""))
    assert made.rows["id"].nunique() == 3


@pytest.mark.parametrize(
    ("toml", "calendar_name", "file", "person", "also", "project"),
    [
        (ANA, "X-WR-CALNAME:Work", "c.ics", "ana@x.org", None, "Work"),
        (ANA, "X-WR-CALNAME:Bo@x.org", "c.ics", "ana@x.org", "bo@x.org", None),
        ("", "X-WR-CALNAME:Bo@x.org", "c.ics", "bo@x.org", None, None),
        ("", "NAME:Side\\, work", "Bo@x.org.ics", "bo@x.org", None, "Side, work"),
        ("", "X-WR-CALNAME:a1@group.calendar.google.com", "c.ics", None, None, None),
        ("", "", "c.ics", None, None, None),
    ],
)
def test_the_owner_is_the_workspaces_or_an_address_in_a_name(
    toml, calendar_name, file, person, also, project, draft
):
    rows = draft(
        content=calendar(event("ORGANIZER:mailto:cy@x.org"), name=calendar_name),
        toml=toml,
        name=file,
    ).rows
    found = rows[["person", "person_also", "project"]].astype("object").where(rows.notna(), None)
    assert found.loc[1].tolist() == [person, also, project]


def test_the_same_event_of_two_people_is_a_task_of_each(workspace, put, take, tasks):
    made = workspace("")
    for name in ("ana", "bo"):
        put(made, f"{name}@x.org.ics", calendar(event(f"COMMENT:{name}'s copy")))
    assert take(made).counts == Counts(read=2, accepted=2)
    assert tasks(made)["person"].nunique() == 2


def test_a_calendar_without_owner_needs_one_unless_the_log_is_personal(workspace, put, take):
    made = workspace("")
    put(made, "c.ics", calendar(event()))
    assert "[readers.ics] person = " in take(made).files[0].error
    mine = workspace("[workspace]\npersonal = true\n", folder="mine")
    put(mine, "c.ics", calendar(event()))
    assert take(mine).counts.accepted == 1


def test_a_calendar_that_comes_again_updates_and_removes(workspace, put, take, tasks):
    made = workspace(ANA)
    days = [f"DTSTART;{BERLIN}2026060{day}T090000" for day in range(1, 6)]
    five = [event(f"SUMMARY:T{n}", uid=f"{n}", start=day, end="DURATION:PT1H")
            for n, day in enumerate(days)]  # fmt: skip
    path = put(made, "c.ics", calendar(*five))
    assert take(made).counts == Counts(read=5, accepted=5)
    path.unlink()
    renamed = event("SUMMARY:Renamed", uid="1", start=days[1], end="DURATION:PT2H")
    put(made, "again.ics", calendar(five[0], renamed, *five[3:]))
    # The third was deleted in the calendar; the second was renamed and takes longer.
    assert take(made).counts == Counts(read=4, updated=1, unchanged=3, removed=1)
    assert tasks(made)["hours"].sum() == 5


def test_other_parts_of_a_calendar_are_no_records(draft):
    made = draft(
        "BEGIN:VTODO\r\nUID:t\r\nSUMMARY:Buy nails\r\nEND:VTODO",
        event("BEGIN:VALARM", "UID:a", "SUMMARY:Wake up", "END:VALARM", "SUMMARY:Plan"),
        "BEGIN:VFREEBUSY\r\nEND:VFREEBUSY",
    )
    assert made.rows["title"].tolist() == ["Plan"]
    assert made.notes == {"VTODO left out: no event": 1, "VFREEBUSY left out: no event": 1}


def test_an_empty_calendar_has_no_records(workspace, put, take):
    made = workspace(ANA)
    put(made, "c.ics", calendar())
    outcome = take(made)
    assert (outcome.files[0].error, outcome.counts) == (None, Counts())


def test_several_calendars_of_a_file_are_all_read(draft):
    text = calendar(event(), name="X-WR-CALNAME:One") + calendar(event(uid="2"), name="NAME:Two")
    made = draft(content=text)
    assert made.rows["project"].tolist() == ["One", "Two"]


def test_text_folded_inside_a_character_is_whole(draft):
    line = b"SUMMARY:Dach " + "größer".encode()
    at = line.index("ö".encode()) + 1
    text = calendar(event("SUMMARY:X")).encode()
    made = draft(content=text.replace(b"SUMMARY:X", line[:at] + b"\r\n " + line[at:]))
    assert made.rows["title"][1] == "Dach größer"


@pytest.mark.parametrize(
    "encode",
    [lambda t: t.encode("utf-16"), lambda t: b"\xef\xbb\xbf" + t.encode(),
     lambda t: t.replace("\r\n", "\n").encode(), lambda t: t.replace("\r\n", "\r").encode(),
     lambda t: t.replace("BEGIN:V", "begin:v").encode()],
)  # fmt: skip
def test_marks_and_line_ends_do_not_matter(encode, draft):
    assert draft(content=encode(calendar(event("SUMMARY:Größe")))).rows["title"][1] == "Größe"


def test_bytes_that_are_no_utf_8_are_read_and_noted(draft):
    made = draft(content=calendar(event("SUMMARY:Größe")).encode("cp1252"))
    assert made.rows["title"][1] == "Größe"
    assert made.notes == {"lines read as Windows-1252, since they are not UTF-8": 1}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (calendar(event(uid="9"), event())[:-40], "the file ends in it"),
        (calendar(event(uid="9"), event().removesuffix("END:VEVENT")), "its calendar ends in it"),
    ],
)
def test_an_event_that_is_cut_off_is_quarantined(text, why, draft):
    made = draft(content=text)
    assert reasons(made) == {2: "event_unreadable"}
    assert (
        f"begins in line 11 is not whole: it has no END:VEVENT, {why}" in made.faults[0].detail[2]
    )


def test_an_event_without_its_end_does_not_swallow_the_next(draft):
    made = draft(event().removesuffix("END:VEVENT"), event(uid="2"))
    assert reasons(made) == {1: "event_unreadable"}
    assert made.rows["started_at"].notna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("BEGIN:VCARD\nFN:Ana\nEND:VCARD\n", "this is an address book (vCard), not a calendar"),
        (event(), "this is a part of a calendar without BEGIN:VCALENDAR"),
        ("BEGIN TRANSACTION;\n", "no reader knows this file"),
    ],
)
def test_a_neighbour_is_told_in_words(content, sentence, workspace, put, take):
    made = workspace(ANA)
    put(made, "c.ics", content)
    assert sentence in take(made).files[0].error


def test_a_file_without_calendar_is_an_error_when_this_reader_is_asked(workspace, put):
    made = workspace(ANA)
    path = put(made, "c.txt", "a,b\n1,2\n")
    with pytest.raises(ReaderError, match=r"c.txt: no line is BEGIN:VCALENDAR; is it a calendar"):
        CalendarReader().read(path, made)


def test_without_the_extra_the_file_says_what_to_install(workspace, put, take, monkeypatch):
    monkeypatch.delitem(sys.modules, "taskmix.ingest.readers.calendarrows", raising=False)
    monkeypatch.delitem(sys.modules, "taskmix.ingest.readers.icsevents", raising=False)
    monkeypatch.setitem(sys.modules, "icalendar", None)
    made = workspace(ANA)
    put(made, "c.ics", calendar(event()))
    assert "needs the calendar extra: pip install 'taskmix[calendar]'" in take(made).files[0].error


def test_a_long_calendar_is_read_in_seconds(draft):
    weekly = [event("RRULE:FREQ=WEEKLY", uid=f"w{n}", start=f"DTSTART;{BERLIN}20240601T090000",
                    end="DURATION:PT1H") for n in range(20)]  # fmt: skip
    single = [event(uid=f"s{n}") for n in range(2000)]
    begun = time.perf_counter()
    made = draft(*weekly, *single)
    assert time.perf_counter() - begun < 10
    # From Saturday 1 June 2024 to Wednesday 1 July 2026: 109 Saturdays.
    assert len(made.rows) == 20 * 109 + 2000


QUICK = settings(
    deadline=None, max_examples=25, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
RICH = calendar(
    ODD_ZONE,
    event("RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5", f"EXDATE;{BERLIN}20260608T090000",
          "ATTENDEE;CN=Bo;PARTSTAT=ACCEPTED:mailto:bo@x.org", "CATEGORIES:a,b", "SEQUENCE:1"),
    event(f"RECURRENCE-ID;{BERLIN}20260615T090000", "SEQUENCE:1",
          start='DTSTART;TZID="Ship time":20260616T090000', end="DURATION:PT1H"),
    event("RDATE;VALUE=PERIOD:20260608T070000Z/PT3H", uid="2"),
    event("BEGIN:VALARM", "TRIGGER:-PT15M", "END:VALARM", uid="3"),
)  # fmt: skip


def account_for(content: bytes, made, who) -> int:
    """Read a file to its end; returns the number of its records, or 0 if it is refused."""
    path = made.raw / "c.ics"
    path.write_bytes(content)
    reader = CalendarReader()
    try:
        draft = reader.read(path, made)
        settled = settle(draft, reader=reader, settings=made, who=who, where="file")
    except TaskmixError:
        return 0
    n = settled.log.index.nunique() + len(settled.refused) + len(settled.skipped)
    assert n == len(draft.records)
    return n


def test_the_calendar_that_is_damaged_below_is_valid(workspace, who):
    assert account_for(RICH.encode(), workspace(ANA), who) == 4


@QUICK
@given(draw=st.data())
def test_damaged_calendars_raise_known_errors_only(workspace, who, draw):
    content = bytearray(RICH.encode())
    nasty = st.sampled_from([b"\r\n", b"\r\n ", b":", b";", b"=", b"\0", b"\xff", b"-", b"9999",
                             b"END:VEVENT\r\n", b"BEGIN:VEVENT\r\n", b'"', b"T", b"0"])  # fmt: skip
    for _ in range(draw.draw(st.integers(1, 6))):
        at = draw.draw(st.integers(0, len(content) - 1))
        content[at : at + draw.draw(st.integers(0, 3))] = draw.draw(
            st.one_of(nasty, st.binary(max_size=3))
        )
    account_for(bytes(content), workspace(ANA), who)


NAMES = ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE",
         "ATTENDEE", "CATEGORIES", "STATUS", "TRANSP", "UID", "ORGANIZER", "SUMMARY"]  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["20260601", "20260601T090000", "20260601T090000Z", "PT1H", "-P1D", "P9999999D",
                     "FREQ=DAILY;COUNT=2", "FREQ=WEEKLY;BYDAY=9MO", "FREQ=YEARLY;BYWEEKNO=60",
                     "20260601T090000Z/PT1H", "mailto:a@b", "a,b\\;c", "99991231T235959Z",
                     "FREQ=DAILY;UNTIL=2026", "FREQ=MONTHLY;BYSETPOS=400;BYDAY=MO"]),
)  # fmt: skip
PARAMETERS = st.sampled_from(
    ["", f";{BERLIN[:-1]}", ";VALUE=DATE", ";VALUE=PERIOD", ";TZID=", ";TZID=../..",
     ";TZID=America", ";RANGE=THISANDFUTURE", ";TZID=" + "a" * 300, ';CN="a', ";VALUE=TIME"]
)  # fmt: skip


@QUICK
@given(lines=st.lists(st.tuples(st.sampled_from(NAMES), PARAMETERS, VALUES), max_size=6))
def test_any_properties_are_accounted_for(workspace, who, lines):
    odd = ["".join((name, parameter, ":", value)) for name, parameter, value in lines]
    clean = [line.replace("\n", " ").replace("\r", " ") for line in odd]
    text = calendar(event(*clean), event(*clean, uid="2", start="", end=""), event(uid="3"))
    assert account_for(text.encode("utf-8", "replace"), workspace(ANA), who) == 3


@QUICK
@given(content=st.binary(max_size=200))
def test_any_bytes_raise_known_errors_only(workspace, who, content):
    account_for(content, workspace(ANA), who)


@pytest.mark.real
def test_a_real_calendar_of_a_desk_calendar_program(shared_data, workspace, take, tasks):
    toml = '[workspace]\ntime_zone = "Europe/Berlin"\n[readers.ics]\nperson = "harry"\n'
    made = workspace(toml)
    path = shared_data / "exports" / "importer_fixtures_tuttle" / "TuttleDemo-TimeTracking.ics"
    outcome = take(made, path)
    assert outcome.counts == Counts(read=19, accepted=17, skipped=2)
    assert outcome.files[0].reasons == {"all_day": 2}
    # By hand: one event of 5 hours, sixteen of 10.
    assert tasks(made)["hours"].sum() == pytest.approx(165)
    assert take(made, path).counts == Counts(read=19, unchanged=17, skipped=2)


def test_two_calendars_of_one_person_stand_beside_each_other(workspace, put, take, tasks):
    made = workspace(ANA)
    event_of = lambda n: event(f"SUMMARY:T{n}", uid=f"{n}", end="DURATION:PT1H")  # noqa: E731
    for name, numbers in (("Work", (1, 2)), ("Club", (3,))):
        text = calendar(*map(event_of, numbers))
        put(
            made,
            f"{name}.ics",
            text.replace("BEGIN:VCALENDAR\r\n", f"BEGIN:VCALENDAR\r\nX-WR-CALNAME:{name}\r\n"),
        )
    assert take(made).counts == Counts(read=3, accepted=3)
    assert tasks(made)["project"].tolist() == ["Work", "Work", "Club"]
    put(
        made,
        "Work.ics",
        (made.raw / "Work.ics").read_text("utf-8").replace("SUMMARY:T2", "SUMMARY:New"),
    )
    take(made)
    assert tasks(made)["title"].tolist() == ["New", "T1", "T3"]


def test_the_same_calendar_under_another_persons_name_is_another_log(workspace, put, take, tasks):
    made = workspace("")
    text = calendar(event())
    for name in ("ana@example.org.ics", "bo@example.org.ics"):
        put(made, name, text)
    assert take(made).counts == Counts(read=2, accepted=2)
    assert tasks(made)["person"].nunique() == 2
