import base64
import hashlib
import html
import json
import re
from itertools import product

import pytest

from taskmix.report import team_folder, write_site_index


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
    # The headline leads there, and the page's own name.
    assert links == ["2026-Q3/organisation/a%20b%23c%3Ad.html"] * 2


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


def test_a_failed_run_is_named_with_its_time_and_the_page_from_before_stays_linked(tmp_path):
    _record(tmp_path, "2026-Q3", "a", status="failed", failed_at="2026-10-03 04:12")
    page = _index(tmp_path)
    assert (
        "The last run failed (2026-10-03 04:12). The page is the one made 2026-10-02 04:10+02:00."
    ) in page
    assert '<a href="2026-Q3/team-a/3_task_mix.html">' in page
    assert "1 report failed in its last run" in page


def test_a_run_that_failed_at_first_has_no_page(tmp_path):
    failure = {"html": None, "made_at": None, "headline": None, "failed_at": "2026-10-03 04:12"}
    _record(tmp_path, "2026-Q3", "a", status="failed", **failure)
    page = _index(tmp_path)
    assert "The last run failed (2026-10-03 04:12). There is no page yet." in page
    assert "<a " not in page


def test_a_fault_of_all_pages_of_a_report_is_said_once(tmp_path):
    for name in ("3_task_mix", "4_ai_shift"):
        _record(tmp_path, "2026-Q3", "a", name=name, status="failed", failed_at="2026-10-03 04:12")
        _record(tmp_path, "2026-Q3", "b", name=name)
    page = _index(tmp_path)
    assert page.count("The last run failed") == 1
    # The second team is well.
    assert page.count('<article class="tm-trouble">') == 1
    assert page.count("<article>") == 1


def test_a_missing_page_is_named(tmp_path):
    _record(tmp_path, "2026-Q3", "b")
    (tmp_path / "2026-Q3/team-b/3_task_mix.html").unlink()
    assert "The page is missing." in _index(tmp_path)


def test_hostile_names_stay_text(tmp_path):
    evil = "<script>alert(1)</script>\u202e"
    _record(tmp_path, "2026-Q3", evil, headline=evil, data_through=evil, n_people=evil)
    page = _index(tmp_path)
    assert page.count("<script") == page.count("<script>// Folds") == 1
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
    names = re.findall(r'<li><a href="[^"]+"><bdi>(.*?)</bdi>', page)
    assert names == ["Task mix", "AI shift", "Meaningful work"]
    # What holds for all of them is said once.
    assert page.count("1,240 people") == page.count("Table version 87") == 1


def test_what_differs_between_a_reports_pages_stays_with_each(tmp_path):
    _record(tmp_path, "2026-Q3", None)
    _record(tmp_path, "2026-Q3", None, name="4_ai_shift", table_version=86)
    page = _index(tmp_path)
    assert page.count("1,240 people") == 1
    first, second = page.index("Table version 87"), page.index("Table version 86")
    assert page.index("Task mix") < first < page.index("AI shift") < second


def test_a_damaged_record_takes_no_facts_from_the_pages_beside_it(tmp_path):
    _record(tmp_path, "2026-Q3", None)
    (tmp_path / "2026-Q3/organisation/4_ai_shift.json").write_text("{", "utf-8")
    page = _index(tmp_path)
    assert page.count("<h3>") == page.count("1,240 people") == 1
    assert page.count("could not be read") == 1


def _headline(page):
    return re.search(r"<h1[^>]*>(?:<a href=\"([^\"]+)\">)?(?:<bdi>)?([^<]+)", page).groups()


def test_the_organisations_newest_headline_leads_the_site(tmp_path):
    _record(tmp_path, "2026-Q3", "alpha")
    _record(tmp_path, "2026-Q2", None)
    _record(tmp_path, "2026-Q2", None, name="4_ai_shift", headline="Not this one")
    _record(tmp_path, "2026-Q1", None)
    assert _headline(_index(tmp_path)) == (
        "2026-Q2/organisation/3_task_mix.html", "Headline of None in 2026-Q2",
    )  # fmt: skip


def test_a_period_that_is_not_complete_does_not_lead_while_another_is(tmp_path):
    _record(tmp_path, "2026-10", None, complete=False)
    assert _headline(_index(tmp_path))[1] == "Headline of None in 2026-10"
    _record(tmp_path, "2026-09", None)
    assert _headline(_index(tmp_path))[1] == "Headline of None in 2026-09"


def test_a_site_without_a_page_of_the_organisation_names_its_subject(tmp_path):
    _record(tmp_path, "2026-Q3", "alpha")
    assert _headline(_index(tmp_path)) == (None, "Where human effort goes")


def test_a_report_has_executions_share_and_its_line_with_the_same_in_words(tmp_path):
    shares = {"2026-Q1": 0.484, "2026-Q2": 0.45, "2026-Q3": 0.414}
    _record(
        tmp_path, "2026-Q3", None,
        execution_share=0.414, execution_over_time=shares, execution_compared="audit",
    )  # fmt: skip
    page = _index(tmp_path)
    assert page.count("<polyline") == 1
    assert "<b>41%</b> execution" in page
    assert "from 48% in 2026-Q1 to 41% in 2026-Q3" in page


def test_a_period_that_is_not_shown_is_a_gap_in_the_line_and_in_words(tmp_path):
    shares = {"2025-Q3": 0.5, "2025-Q4": 0.49, "2026-Q1": None, "2026-Q2": 0.45, "2026-Q3": 0.41}
    _record(tmp_path, "2026-Q3", "a", execution_share=0.41, execution_over_time=shares)
    page = _index(tmp_path)
    assert page.count("<polyline") == 2
    assert "1 of 5 periods is not shown" in page


def test_a_line_by_the_sorter_beside_an_audited_share_says_so(tmp_path):
    _record(
        tmp_path, "2026-Q3", None,
        execution_share=0.38, execution_over_time={"2026-Q2": 0.45, "2026-Q3": 0.41},
        execution_compared="model",
    )  # fmt: skip
    page = _index(tmp_path)
    assert "<b>38%</b>" in page
    assert "by the sorter alone from 45% in 2026-Q2 to 41% in 2026-Q3" in page


def test_one_period_is_a_figure_without_a_line(tmp_path):
    _record(tmp_path, "2026-Q3", None, execution_share=0.38, execution_over_time={"2026-Q3": 0.38})
    page = _index(tmp_path)
    assert "<b>38%</b> execution</p>" in page
    assert "<svg" not in page


@pytest.mark.parametrize("share", [1.2, -0.1, "0.4.1", float("nan"), [0.3]])
def test_a_share_that_is_none_damages_its_record(tmp_path, share):
    _record(tmp_path, "2026-Q3", None, execution_share=share)
    assert "could not be read" in _index(tmp_path)


def test_what_holds_for_all_reports_of_a_period_is_said_once(tmp_path):
    for team, n_people in ((None, 1240), ("a", 20), ("b", 30)):
        _record(tmp_path, "2026-Q3", team, n_people=n_people)
    _record(tmp_path, "2026-Q2", None)
    page = _index(tmp_path)
    assert page.count("Table version 87") == 2
    assert page.count("1,240 people") == 2
    assert page.count("20 people") == page.count("30 people") == 1
    # The headline's own freshness comes first.
    assert page.count("Data through 2026-09-30") == 3


def test_the_policy_knows_style_and_script_by_their_hashes_and_nothing_else(tmp_path):
    _record(tmp_path, "2026-Q3", None)
    page = _index(tmp_path)
    policy = html.unescape(re.search(r'Policy" content="([^"]+)"', page)[1])
    for tag, source in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{source} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; img-src data:; ")
    assert "unsafe" not in policy
    assert " style=" not in page


def test_a_site_of_years_stays_small(tmp_path):
    teams = [None, *(f"team {n}" for n in range(10))]
    shares = {f"20{20 + n // 4}-Q{1 + n % 4}": 0.4 + n / 100 for n in range(8)}
    for n, team in product(range(8), teams):
        for name in ("3_task_mix", "4_ai_shift", "5_meaningful_work"):
            _record(
                tmp_path, f"2026-0{n + 1}", team, name=name,
                execution_share=0.4, execution_over_time=shares,
            )  # fmt: skip
    size = len(_index(tmp_path).encode())
    assert size / (8 * 11) < 1_600
