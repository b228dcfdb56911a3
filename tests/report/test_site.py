import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskmix.report import team_folder, write_site_index


@pytest.mark.parametrize(
    "name", ["../../etc", "צוות\u202e", "x" * 300, "", "Design", "con ", "a/b\\c", "\ud800", ".."]
)
def test_a_teams_folder_is_safe_as_a_path(name):
    assert re.fullmatch(r"team-[a-z0-9-]{1,40}_[0-9a-f]{8}", team_folder(name))


def test_plain_names_are_kept():
    assert team_folder("data-platform2") == "team-data-platform2"
    assert team_folder(None) == "organisation"


@given(st.lists(st.text(max_size=50), unique=True, max_size=8))
def test_different_teams_never_share_a_folder(names):
    folders = [team_folder(name) for name in names]
    assert len({folder.casefold() for folder in folders}) == len(names)


def test_names_that_look_like_another_teams_folder_are_told_apart():
    hashed = team_folder("Design").removeprefix("team-")
    assert team_folder(hashed) != team_folder("Design")
    assert team_folder("organisation") != team_folder(None)


def _record(root, period, team, name="3_task_mix", **changes):
    folder = root / period / team_folder(team)
    folder.mkdir(parents=True, exist_ok=True)
    html = f"{period}/{team_folder(team)}/{name}.html"
    (root / html).write_text("page", "utf-8")
    record = {
        "notebook": name,
        "period": period,
        "team": team,
        "html": html,
        "executed": html.replace(".html", ".ipynb"),
        "headline": f"Headline of {team} in {period}",
        "made_at": "2026-10-02T04:10:33+02:00",
        "data_through": "2026-09-30",
        "table_version": 87,
        "n_people": 1240,
        "audited": True,
        "status": "ok",
        **changes,
    }
    (folder / f"{name}.json").write_text(json.dumps(record), "utf-8")
    return record


def _index(root):
    path = write_site_index(root, organisation="Atlas", made_at="2026-10-02T04:11")
    assert path == root / "index.html"
    return path.read_text("utf-8")


def test_newest_period_first_and_the_organisation_before_its_teams(tmp_path):
    for period in ("2025-Q4", "2026-Q3", "2026-10"):
        for team in ("alpha", None, "Zeta"):
            _record(tmp_path, period, team)
    page = _index(tmp_path)
    order = re.findall(r"<h[23]><bdi>(.*?)</bdi></h[23]>", page)
    groups = ["Organisation", "alpha", "Zeta"]
    assert order == ["2026-10", *groups, "2026-Q3", *groups, "2025-Q4", *groups]
    assert "Made 2026-10-02 04:10+02:00" in page.replace("<bdi>", "")


def test_links_are_relative_and_quoted(tmp_path):
    _record(tmp_path, "2026-Q3", None, name="a b#c:d")
    page = _index(tmp_path)
    links = re.findall(r'<a href="([^"]+)"', page)
    assert links == [
        "2026-Q3/organisation/a%20b%23c%3Ad.html",
        "2026-Q3/organisation/a%20b%23c%3Ad.ipynb",
    ]


def test_no_reports_is_said_so(tmp_path):
    page = _index(tmp_path)
    assert "No report has been published yet" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    "content", ["{", "[]", "{}", "\xff", '{"status": "ok", "notebook": "x", "html": 5}']
)
def test_a_damaged_record_is_listed_and_the_others_too(tmp_path, content):
    _record(tmp_path, "2026-Q3", None)
    (tmp_path / "2026-Q3/organisation/broken.json").write_text(content, "latin-1")
    page = _index(tmp_path)
    assert "could not be read" in page
    assert "Headline of None in 2026-Q3" in page


@pytest.mark.parametrize("html", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\x"])
def test_a_record_that_leads_out_of_the_reports_is_not_linked(tmp_path, html):
    _record(tmp_path, "2026-Q3", None, html=html)
    page = _index(tmp_path)
    assert "could not be read" in page
    assert "<a " not in page


def test_a_scheme_in_a_record_is_only_a_file_name(tmp_path):
    _record(tmp_path, "2026-Q3", None, html="javascript:alert(1)")
    page = _index(tmp_path)
    assert "The page is missing." in page
    assert "javascript:" not in page


def test_a_failed_run_and_a_missing_page_are_named(tmp_path):
    _record(tmp_path, "2026-Q3", "a", status="failed", html=None)
    _record(tmp_path, "2026-Q3", "b")
    (tmp_path / "2026-Q3/team-b/3_task_mix.html").unlink()
    page = _index(tmp_path)
    assert "The last run failed." in page
    assert "The page is missing." in page


def test_hostile_names_stay_text(tmp_path):
    evil = "<script>alert(1)</script>\u202e"
    _record(tmp_path, "2026-Q3", evil, headline=evil, data_through=evil, n_people=evil)
    page = _index(tmp_path)
    assert "<script" not in page
    assert "\u202e" not in page
    assert page.count("&lt;script&gt;alert(1)") == 4


def test_a_team_called_organisation_stands_apart(tmp_path):
    _record(tmp_path, "2026-Q3", None)
    _record(tmp_path, "2026-Q3", "Organisation")
    assert _index(tmp_path).count("<h3><bdi>Organisation</bdi></h3>") == 2


def test_nothing_but_the_index_is_left_behind(tmp_path):
    _index(tmp_path)
    _index(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_what_is_not_complete_or_stale_says_so(tmp_path):
    stale = [{"kind": "source", "name": "toggl"}, {"kind": "team", "name": "<b>"}]
    _record(tmp_path, "2026-Q3", None, complete=False, stale=stale)
    _record(tmp_path, "2026-Q2", None, complete=True, stale=[])
    page = _index(tmp_path)
    assert page.count("Not complete") == page.count("Stale: ") == 1
    assert "Stale: toggl, &lt;b&gt;" in page


def test_a_page_that_is_not_for_publication_is_not_listed(tmp_path):
    _record(tmp_path, "2026-Q3", None, publishable=False)
    _record(tmp_path, "2026-Q2", None, publishable=True)
    page = _index(tmp_path)
    assert "2026-Q3" not in page
    assert "Headline of None in 2026-Q2" in page


def test_a_report_is_listed_once_with_its_pages_in_order(tmp_path):
    for name in ("5_meaningful_work", "3_task_mix", "4_ai_shift"):
        _record(tmp_path, "2026-Q3", None, name=name)
    page = _index(tmp_path)
    assert page.count("<h3>") == 1
    names = re.findall(r'<p class="tm-name"><a href="[^"]+"><bdi>(.*?)</bdi>', page)
    assert names == ["Task mix", "AI shift", "Meaningful work"]
    # What holds for all of them is said once.
    assert page.count("1240 people") == page.count("Table version 87") == 1


def test_what_differs_between_a_reports_pages_stays_with_each(tmp_path):
    _record(tmp_path, "2026-Q3", None)
    _record(tmp_path, "2026-Q3", None, name="4_ai_shift", table_version=86)
    page = _index(tmp_path)
    assert page.count("1240 people") == 1
    first, second = page.index("Table version 87"), page.index("Table version 86")
    assert page.index("Task mix") < first < page.index("AI shift") < second


def test_a_damaged_record_takes_no_facts_from_the_pages_beside_it(tmp_path):
    _record(tmp_path, "2026-Q3", None)
    (tmp_path / "2026-Q3/organisation/4_ai_shift.json").write_text("{", "utf-8")
    page = _index(tmp_path)
    assert page.count("<h3>") == page.count("1240 people") == 1
    assert page.count("could not be read") == 1
