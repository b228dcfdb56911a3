"""The index as a visitor meets it: Debian's Chromium, offline, with Playwright."""

import json
from importlib.resources import files

import pytest

from taskmix.report import team_folder, write_site_index

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site index")]

PERIODS = ("2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4")
TEAMS = (None, "Support", "Équipe Données", "Data platform", "<b>Ops</b> " + "W" * 80)
#: A page of a report, as far as the index is concerned.
PAGE = "<link rel='icon' href='data:,'><a href='../../index.html'>All reports</a>"
#: The reports that can be seen, neither hidden nor folded away: period and group.
SEEN = """() => [...document.querySelectorAll("article")].filter(a => a.checkVisibility())
  .map(a => [a.closest("details").querySelector("h2").textContent,
             a.querySelector("h3").textContent])"""
FOCUS = "() => document.activeElement.id || document.activeElement.textContent"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Four quarters of the organisation and four teams; two runs failed, one report is stale."""
    root = tmp_path_factory.mktemp("site") / "people" / "reports"
    for n, period in enumerate(PERIODS):
        for team in TEAMS:
            _write_report(root, period, team, latest=n == 0)
    return write_site_index(
        root, organisation="Atlas Labs", made_at="2026-10-03 04:15", time_zone="Europe/Berlin"
    )


def _write_report(root, period, team, *, latest):
    folder = root / period / team_folder(team)
    folder.mkdir(parents=True)
    for name in ("3_task_mix", "4_ai_shift"):
        page = folder / f"{name}.html"
        page.write_text(PAGE, "utf-8")
        record = {
            "notebook": name, "period": period, "team": team, "status": "ok",
            "html": page.relative_to(root).as_posix(), "n_people": 40, "audited": True,
            "headline": f"Execution takes about 41% of hours in {period}; judgment comes next.",
            "made_at": "2026-10-02 04:10", "data_through": "2026-09-30", "table_version": 87,
            "execution_share": 0.41, "execution_compared": "audit",
            "execution_over_time": {"2026-Q1": 0.48, "2026-Q2": None, period: 0.41},
        }  # fmt: skip
        if latest and team == "Support" and name == "4_ai_shift":
            record |= {"status": "failed", "failed_at": "2026-10-03 04:12"}
        if latest and team == "Data platform":
            record["stale"] = [{"kind": "source", "name": "toggl"}]
        (folder / f"{name}.json").write_text(json.dumps(record), "utf-8")


def _violations(page):
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1180])
def test_nothing_on_it_makes_a_reader_stumble(site, visit, probes, scheme, width):
    seen = visit(site.as_uri(), width=width, color_scheme=scheme)
    seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert not seen.page.evaluate(probes.sideways)
    assert seen.page.evaluate(probes.small_texts) == []
    assert _violations(seen.page) == []
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith("data:")] == [site.as_uri()]


def test_the_check_for_accessibility_finds_a_box_without_a_name(site, visit):
    """Negative control of the test above."""
    page = visit(site.as_uri()).page
    page.evaluate("document.querySelector('label[for=tm-words]').remove()")
    assert "label" in [rule for rule, _ in _violations(page)]


def test_the_newest_period_is_open_and_older_ones_are_folded(site, visit):
    page = visit(site.as_uri()).page
    assert {period for period, _ in page.evaluate(SEEN)} == {"2026-Q3"}
    page.get_by_text("2025-Q4").first.click()
    assert {period for period, _ in page.evaluate(SEEN)} == {"2026-Q3", "2025-Q4"}


def test_a_report_is_found_opened_and_left_again_with_the_keyboard_alone(site, visit):
    seen = visit(site.as_uri())
    page = seen.page
    page.keyboard.press("Tab")  # the headline
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == "tm-words"
    page.keyboard.type("EQUIPE 2025")
    assert page.evaluate(SEEN) == [["2025-Q4", "Équipe Données"]]
    assert page.get_by_role("status").inner_text() == "1 of 20 reports"
    for _ in range(3):  # the box "only failed or stale", the period's line, the first page
        page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == "Task mix"
    page.keyboard.press("Enter")
    page.wait_for_url("**/2025-Q4/*/3_task_mix.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html")
    assert seen.complaints == []


def test_who_goes_back_finds_the_list_as_it_was_left(site, visit):
    page = visit(site.as_uri()).page
    page.locator("#tm-words").fill("support 2026-q2")
    page.get_by_role("link", name="Task mix").click()
    page.go_back()
    page.get_by_role("status").get_by_text("1 of 20 reports").wait_for()
    assert page.evaluate(SEEN) == [["2026-Q2", "Support"]]


def test_escape_brings_the_whole_list_back_as_it_was_folded(site, visit):
    page = visit(site.as_uri()).page
    before = page.evaluate(SEEN)
    page.locator("#tm-words").fill("2026-q2")
    assert {period for period, _ in page.evaluate(SEEN)} == {"2026-Q2"}
    page.keyboard.press("Escape")
    assert page.evaluate(SEEN) == before
    assert page.get_by_role("status").inner_text() == ""


def test_words_that_no_report_holds_say_so(site, visit):
    page = visit(site.as_uri()).page
    page.locator("#tm-words").fill("support nowhere")
    assert page.evaluate(SEEN) == []
    assert page.get_by_role("status").inner_text() == "No report holds all of these words."


def test_failed_and_stale_reports_are_found_together_and_lead_to_the_last_good_page(site, visit):
    page = visit(site.as_uri()).page
    page.locator("#tm-trouble").focus()
    page.keyboard.press("Space")
    assert page.evaluate(SEEN) == [["2026-Q3", "Data platform"], ["2026-Q3", "Support"]]
    said = page.locator("article.tm-trouble .tm-bad")
    assert said.nth(0).inner_text() == "Stale: toggl"
    assert said.nth(1).inner_text() == (
        "The last run failed (2026-10-03 04:12). The page is the one made 2026-10-02 04:10."
    )
    page.locator("article", has_text="Support").get_by_role("link", name="AI shift").click()
    page.wait_for_url("**/2026-Q3/team-*/4_ai_shift.html")


def test_where_no_script_runs_the_whole_list_is_there_and_no_box(site, visit):
    page = visit(site.as_uri(), width=390, java_script_enabled=False).page
    assert page.get_by_role("heading", level=3).count() == len(PERIODS) * len(TEAMS)
    assert page.get_by_role("link", name="Task mix").last.is_visible()
    assert page.get_by_role("searchbox").count() == 0


def test_a_script_that_was_changed_is_not_run_and_the_list_is_whole(site, visit, tmp_path):
    """The policy knows the script by its hash."""
    changed = tmp_path / "index.html"
    changed.write_text(site.read_text("utf-8").replace("const FEW = 12", "const FEW = 13"))
    seen = visit(changed.as_uri())
    assert any("Content Security Policy" in words for words in seen.complaints)
    assert len(seen.page.evaluate(SEEN)) == len(PERIODS) * len(TEAMS)


def test_it_works_from_a_server_under_a_sub_path(site, visit, serve):
    with serve(site.parents[2]) as root:
        seen = visit(f"{root}/people/reports/", offline=False)
        seen.page.get_by_role("link", name="AI shift").first.click()
        seen.page.get_by_role("link", name="All reports").click()
        seen.page.wait_for_url("**/people/reports/index.html")
        assert seen.complaints == []
        assert all(url.startswith((f"{root}/people/reports/", "data:")) for url in seen.requests)


def test_on_paper_it_is_light_has_no_box_and_stays_inside(site, visit, probes):
    page = visit(site.as_uri(), color_scheme="dark").page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 900})
    assert not page.locator("search").is_visible()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert not page.evaluate(probes.sideways)


def test_the_line_is_no_riddle_for_who_does_not_see_it(site, visit):
    page = visit(site.as_uri()).page
    support = page.locator("article", has_text="Support").first
    assert support.locator("svg").get_attribute("aria-hidden") == "true"
    assert support.locator("polyline").count() == 0  # two dots, with a gap between
    assert support.locator(".tm-share").text_content().strip() == (
        "41% execution, from 48% in 2026-Q1 to 41% in 2026-Q3; 1 of 3 periods is not shown"
    )
