"""The roster: who a name is, and where a person belonged when."""

import pandas as pd
import pytest

from taskmix.errors import RosterError
from taskmix.identity import read_roster

PEOPLE = """person,aliases,team,department,from,to,weekly_hours,time_zone
ana,Ana Ruiz; ana@example.org,Red,Ops,2026-01-01,2026-06-30,40,
ana,,Blue,Ops,2026-07-01,,20,Asia/Tokyo
bo,B. Olsen,Red,,,,"38,5",
"""


@pytest.fixture
def roster(tmp_path):
    def read(text: str):
        path = tmp_path / "people.csv"
        path.write_text(text, encoding="utf-8")
        return read_roster(path)

    return read


def test_one_persons_names_in_two_tools_are_one_person(roster):
    names = pd.Series(["ANA@example.org", "Ana  Ruiz", "nobody", None])
    also = pd.Series([None, None, "b. olsen", None], dtype="str")
    assert roster(PEOPLE).identify(names, also).fillna("-").tolist() == ["ana", "ana", "bo", "-"]


def test_who_moved_keeps_their_history(roster):
    person = pd.Series(["ana"] * 4 + ["bo", None], index=range(10, 16))
    days = pd.to_datetime(
        ["2025-12-31", "2026-06-30", "2026-07-01", "2030-01-01", "1999-01-01", "2026-01-01"]
    ).astype("datetime64[us]")
    places = roster(PEOPLE).places(person, pd.Series(days, index=person.index))
    assert places["team"].fillna("-").tolist() == ["-", "Red", "Blue", "Blue", "Red", "-"]
    assert places["time_zone"].fillna("-").tolist()[1:4] == ["-", "Asia/Tokyo", "Asia/Tokyo"]
    assert places["on_roster"].tolist() == [False, True, True, True, True, False]
    assert places.index.tolist() == person.index.tolist()


def test_a_workspace_without_a_roster_knows_nobody(tmp_path):
    roster = read_roster(tmp_path / "people.csv")
    assert roster.identify(pd.Series(["ana"])).isna().all()
    places = roster.places(pd.Series(["ana"]), pd.Series([pd.Timestamp("2026-01-01")]))
    assert places["on_roster"].tolist() == [False]


def test_a_spreadsheets_roster_with_semicolons_and_other_headings_is_read(roster):
    header = "\ufeffPerson;Weekly hours;Time zone;Aliases\n"
    read = roster(header + 'ana;38,5;Europe/Berlin;"Ana R.; ana@x.org"\n')
    assert read.entries["weekly_hours"].tolist() == [38.5]
    assert read.names == {"ana": "ana", "ana r.": "ana", "ana@x.org": "ana"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", r"the roster is empty; it needs a header with person"),
        ("name,team\nana,x\n", r"unknown column 'name'; the columns are person, aliases, team"),
        ("team\nx\n", r"column 'person' is missing; found team"),
        ("person,person\na,b\n", r"a column stands there twice"),
        ("person,team\nana\n", r"line 2 has 1 fields, the header 2"),
        ("person,team\n,x\n", r"line 2: column 'person' is empty"),
        ("person,from\nana,01.02.2026\n", r"line 2, 'from': '01.02.2026' is no day; write it as"),
        ("person,from,to\nana,2026-02-01,2026-01-01\n", r"'to' \(2026-01-01\) lies before 'from'"),
        ("person,weekly_hours\nana,full\n", r"weekly_hours is 'full'; write a number"),
        ("person,weekly_hours\nana,400\n", r"weekly_hours is '400'"),
        ("person,time_zone\nana,Berlin\n", r"'Berlin' is no time zone"),
        ("person,aliases\nana,x\nbo,X\n", r"line 3: 'X' names 'bo' here and 'ana' in another row"),
        ("person,team,to,from\nana,r,2026-03-01,\nana,b,,2026-03-01\n",
         r"lines 2 and 3: 'ana' is in two places on the same days"),
        ("person,day_starts\nana,09:00\n", r"line 2: day_starts is '09:00', day_ends is ''"),
        ("person,work_days\nana,Mon-Fri\n", r"give both times, or none of the three"),
        ("person,day_starts,day_ends\nana,9,17:00\n", r"day_starts is '9'; write a time such as"),
        ("person,day_starts,day_ends\nana,09:00,24:30\n", r"day_ends is '24:30'; write a time"),
        ("person,day_starts,day_ends\nana,09:00,9:00\n", r"are both '09:00'; a day has hours"),
        ("person,day_starts,day_ends,work_days\nana,9:00,17:00,Mo-Fr\n",
         r"work_days is 'Mo-Fr'; write days such as Mon-Fri or Mon, Wed, Thu"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line(text, sentence, roster):
    with pytest.raises(RosterError, match=sentence):
        roster(text)


def test_declared_hours_are_minutes_and_weekdays_monday_to_friday_if_not_said(roster):
    read = roster(
        "person,day_starts,day_ends,work_days\n"
        'ana,9:00,17:30,\nbo,22:00,06:00,"Sun-Tue, Fri"\ncy,,,\ndi,08:00,24:00,sat\n'
    ).entries
    assert read["day_starts"].fillna(-1).tolist() == [540, 1320, -1, 480]
    assert read["day_ends"].fillna(-1).tolist() == [1050, 360, -1, 1440]
    assert read["work_days"].fillna("-").tolist() == ["01234", "0146", "-", "5"]


def test_a_roster_in_another_encoding_is_an_error(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes("person\nÉva\n".encode("cp1252"))
    with pytest.raises(RosterError, match=r"people.csv: not UTF-8 text .*; save it as UTF-8"):
        read_roster(path)
