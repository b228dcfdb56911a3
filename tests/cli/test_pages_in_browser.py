"""The demo's own pages, as a leader meets them: offline, on a phone, in the dark, on paper."""

import base64
import csv
import io
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

LEAST_CHARTS = {"3_task_mix": 3, "4_ai_shift": 2, "5_meaningful_work": 1}


@pytest.fixture(scope="module")
def pages(demo):
    # Other tests make pages of other periods in the same workspace.
    found = sorted((demo / "reports" / "2026-Q3").glob("*/*.html"))
    assert {path.stem for path in found} == set(LEAST_CHARTS)
    return found


@pytest.fixture(scope="module")
def of_all(pages):
    """The organisation's pages, of which each kind is there once."""
    chosen = [path for path in pages if path.parent.name == "organisation"]
    assert [path.stem for path in chosen] == list(LEAST_CHARTS)
    return chosen


@pytest.fixture(scope="module")
def desk(of_all, visit_once):
    """The organisation's pages, each opened once on a desk for several tests to look at."""
    return {path.stem: visit_once(path.as_uri(), width=1280) for path in of_all}


#: Pairs of texts inside one chart whose boxes cover each other by more than a hair.
OVERLAPS = """() => {
  const pairs = [];
  for (const plot of document.querySelectorAll(".tm-plot")) {
    const boxes = [...plot.querySelectorAll("svg text")].filter(t => t.textContent.trim())
      .map(t => [t.textContent, t.getBoundingClientRect()]).filter(([, b]) => b.width);
    for (const [i, [one, a]] of boxes.entries())
      for (const [other, b] of boxes.slice(i + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 && down > 3) pairs.push([one, other]);
      }
  }
  return pairs;
}"""

#: Texts that stick out of their chart's own box, where they are cut off, or words out of the page.
CUT = """() => {
  const cut = [...document.querySelectorAll(".tm-plot")].flatMap(plot => {
    const box = plot.getBoundingClientRect();
    return [...plot.querySelectorAll("svg text")].filter(t => t.textContent.trim()).filter(t => {
      const b = t.getBoundingClientRect();
      const sideways = b.left < box.left - 1 || b.right > box.right + 1;
      return b.width && (sideways || b.bottom > box.bottom + 1);
    }).map(t => t.textContent);
  });
  // The tables behind charts scroll in boxes of their own; all else fits.
  const words = [...document.querySelectorAll("main *")].filter(element =>
    !element.closest(".tm-data, svg, .tm-ok .tm-word, thead") &&
    element.getBoundingClientRect().right > innerWidth + 1);
  return [...cut, ...words.map(element => element.textContent)];
}"""

#: Words of charts that are hard to read on the page's own ground; those in bars stand on others.
PALE = """() => {
  const part = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(part)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = light(getComputedStyle(document.body).backgroundColor);
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  return [...document.querySelectorAll(".tm-plot svg text:not(.bartext-inside)")]
    .filter(t => t.textContent.trim())
    .filter(t => [t, ...t.querySelectorAll("tspan")].some(e =>
      contrast(light(getComputedStyle(e).fill), ground) < 4.5))
    .map(t => t.textContent);
}"""


def _faults(page):
    found = Axe().run(page).response["violations"]
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found]


def _assert_readable(seen, probes):
    """Ask a page all that a reader would stumble over, what is folded included."""
    page = seen.page
    states = probes.states_unfolded(page)
    assert len(states) >= LEAST_CHARTS[page.url.rpartition("/")[2].removesuffix(".html")]
    assert set(states) == {"drawn"}
    assert seen.complaints == []
    assert all(url.startswith(("file:", "data:")) for url in seen.requests)
    assert not page.evaluate(probes.sideways)
    assert page.evaluate(probes.small_texts) == []
    assert page.evaluate(CUT) == []
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(PALE) == []


# The pages of teams are all of one kind: they are visited on a phone by day, on a desk by night.
def test_on_a_phone_every_chart_is_drawn_and_everything_readable(pages, visit, probes):
    for path in pages:
        _assert_readable(visit(path.as_uri(), width=390), probes)


@pytest.fixture(scope="module")
def in_german(german):
    folder = german / "reports" / "2026-Q3" / "organisation"
    return [folder / f"{name}.html" for name in LEAST_CHARTS]


def test_so_it_is_in_german_whose_words_are_longer(in_german, visit, probes):
    for path in in_german:
        _assert_readable(visit(path.as_uri(), width=390), probes)


def test_so_it_is_in_german_on_a_desk_in_the_dark_and_on_paper(in_german, visit, probes):
    for path in in_german:
        seen = visit(path.as_uri(), width=1280, color_scheme="dark")
        _assert_readable(seen, probes)
        _assert_printed_whole(seen.page, path.stem)


def test_so_it_is_on_a_phone_in_the_dark(of_all, visit, probes):
    for path in of_all:
        _assert_readable(visit(path.as_uri(), width=390, color_scheme="dark"), probes)


def test_so_it_is_on_a_desk_in_the_dark_and_axe_core_finds_nothing(pages, visit, probes):
    for path in pages:
        seen = visit(path.as_uri(), width=1280, color_scheme="dark")
        _assert_readable(seen, probes)
        assert _faults(seen.page) == [], path
        if path.parent.name != "organisation":  # which is printed below, from the light
            _assert_printed_whole(seen.page, path)


def test_so_it_is_on_a_desk_and_axe_core_finds_nothing(desk, probes):
    for name, seen in desk.items():
        _assert_readable(seen, probes)
        assert _faults(seen.page) == [], name


def test_the_probes_find_what_they_look_for(of_all, visit):
    """Negative control of the test above."""
    page = visit(of_all[0].as_uri(), width=390).page
    page.evaluate(
        """() => {
          const [one, other] = document.querySelectorAll(".tm-plot .annotation-text");
          other.replaceWith(one.cloneNode(true));
          one.style.fill = "#ddd";
          document.querySelector("main p").style.cssText = "position:relative;left:200px";
          document.querySelector(".tm-plot").removeAttribute("aria-label");
        }"""
    )
    assert page.evaluate(PALE) != []
    assert page.evaluate(CUT) != []
    assert "role-img-alt" in [fault for fault, _ in _faults(page)]


def test_the_order_of_a_page_is_headline_findings_figures_charts_and_how_sure(desk):
    for name, seen in desk.items():
        page = seen.page
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = false")
        assert len(page.locator("h1").inner_text().split()) <= 20, name
        assert page.locator(".tm-findings").first.locator("h2").count() == 3, name
        assert 3 <= page.locator(".tm-tiles").first.locator("dt").count() <= 5, name
        leading = page.locator(".tm-figure").filter(visible=True).count()
        assert LEAST_CHARTS[name] <= leading <= 6, name
        marks = ["h1", ".tm-freshness", ".tm-findings", ".tm-tiles", ".tm-figure",
                 ".tm-confidence", ".tm-details", ".tm-privacy", ".tm-end"]  # fmt: skip
        tops = [page.locator(mark).first.bounding_box()["y"] for mark in marks]
        assert tops == sorted(tops), name


def test_each_figure_has_a_name_a_caption_a_table_and_a_csv_of_the_same_rows(desk):
    for seen in desk.values():
        page = seen.page
        for figure in page.locator(".tm-figure").all():
            heading = figure.locator("h2")
            assert figure.get_attribute("aria-labelledby") == heading.get_attribute("id")
            chart = figure.locator(".tm-plot")
            assert chart.get_attribute("role") == "img"
            assert chart.get_attribute("aria-label")
            head, data = figure.locator(".tm-csv").get_attribute("href").split(",", 1)
            assert head == "data:text/csv;charset=utf-8;base64"
            rows = list(csv.reader(io.StringIO(base64.b64decode(data).decode("utf-8-sig"))))
            cells = figure.locator(".tm-data tr").evaluate_all(
                "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
            )
            assert len(cells) == len(rows) >= 2
            # What the page writes as a dash is empty in the CSV, thousands have no commas there.
            plain = [["" if c == "–" else c.replace(",", "") for c in row] for row in cells]
            assert plain == [[cell.replace(",", "") for cell in row] for row in rows]


#: Everything that can be operated and seen, in the page's order, by a name of its own.
OPERABLE = """() => [...document.querySelectorAll("a[href], summary, button, [tabindex='0']")]
  .filter(e => e.checkVisibility()).map((e, i) => (e.dataset.place = `${i}`))"""
FOCUSED = """() => { const e = document.activeElement, s = getComputedStyle(e);
  return [e.dataset.place ?? "", s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2]; }"""


def test_the_keyboard_reaches_and_shows_everything_that_can_be_operated(desk):
    for name, seen in desk.items():
        page = seen.page
        _unfolded_tables(page)
        places = page.evaluate(OPERABLE)
        reached = []
        # Past the last one the focus leaves the page, and comes in again at the first.
        for _ in range(len(places) + 1):
            page.keyboard.press("Tab")
            place, is_visible = page.evaluate(FOCUSED)
            assert is_visible or not place, (name, place)
            reached.append(place)
        start = reached.index("") + 1
        assert reached[start:] + reached[: start - 1] == places, name


def _unfolded_tables(page):
    """Open the fold, and the first table, by the keyboard alone."""
    for fold in (".tm-more:not([open]) > summary", ".tm-data:not([open]) > summary"):
        if page.locator(fold).count():
            page.locator(fold).first.focus()
            page.keyboard.press("Enter")
    assert page.locator(".tm-data[open] table").first.is_visible()


def test_where_no_script_runs_findings_figures_and_tables_are_there(of_all, visit):
    for path in of_all:
        page = visit(path.as_uri(), width=390, java_script_enabled=False).page
        for part in ("h1", ".tm-findings p", ".tm-tiles .tm-value", ".tm-spark", ".tm-confidence"):
            assert page.locator(part).first.is_visible(), (path, part)
        tables = page.locator(".tm-data table")
        assert tables.count() == page.locator(".tm-figure").count()
        assert all(table.is_visible() for table in tables.all()), path
        assert not page.locator(".tm-plot").filter(visible=True).count(), path
        page.close()


def test_printed_charts_are_inside_the_paper_and_nothing_stays_folded(desk):
    for name, seen in desk.items():
        _assert_printed_whole(seen.page, name)


def _assert_printed_whole(page, name):
    n_pages = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert n_pages >= 4, name
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    # A4 (210 mm) without its two margins of 14 mm.
    page.set_viewport_size({"width": 688, "height": 1000})
    page.locator(".tm-plot:not([data-state])").first.wait_for(state="detached")
    widths = page.locator(".tm-plot .main-svg").evaluate_all(
        "all => all.map(svg => svg.getBoundingClientRect().right)"
    )
    assert 0 < max(widths) <= 688, name
    assert page.evaluate(CUT) == [], name
    assert page.evaluate(OVERLAPS) == [], name
    # Paper is white, whatever the screen was.
    assert page.evaluate(PALE) == [], name
    assert page.locator(":is(.tm-more, .tm-details):not([open])").count() == 0, name
    assert page.locator("nav").filter(visible=True).count() == 0, name
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_the_site_works_under_a_sub_path_of_a_server(demo, of_all, visit, probes, serve):
    with serve(demo) as root:
        for path in of_all:
            url = f"{root}/{path.relative_to(demo).as_posix()}"
            seen = visit(url, offline=False)
            assert "failed" not in seen.page.evaluate(probes.states), path
            assert seen.complaints == [], path
            assert all(asked.startswith((f"{root}/reports/", "data:")) for asked in seen.requests)
            for link in seen.page.locator(".tm-end a, .tm-top a").all():
                address = link.evaluate("link => link.href")
                assert seen.page.request.get(address).ok, address
            seen.page.close()


def test_the_site_holds_plotly_js_once_and_small_pages(demo, pages):
    scripts = list((demo / "reports").rglob("plotly*.js"))
    assert [script.parent.name for script in scripts] == ["assets"]
    assert max(path.stat().st_size for path in pages) < 300_000


def test_the_index_leads_to_each_report_and_back(demo, pages, visit):
    seen = visit((demo / "reports" / "index.html").as_uri())
    assert seen.complaints == []
    links = seen.page.locator("a[href$='.html']").evaluate_all("all => all.map(a => a.href)")
    assert {path.as_uri() for path in pages} <= set(links)
    seen.page.goto(pages[0].as_uri())
    seen.page.get_by_text("All reports").click()
    assert seen.page.url.endswith("/reports/index.html")


def test_the_pages_of_a_report_lead_to_one_another(demo, visit):
    folder = demo / "reports" / "2026-Q3" / "organisation"
    seen = visit((folder / "3_task_mix.html").as_uri(), width=390)
    beside = seen.page.get_by_role("navigation", name="Pages of this report")
    for name, notebook in (
        ("AI shift", "4_ai_shift"),
        ("Meaningful work", "5_meaningful_work"),
        ("Task mix", "3_task_mix"),
    ):
        beside.get_by_role("link", name=name).click()
        assert seen.page.url == (folder / f"{notebook}.html").as_uri()
        assert beside.locator("[aria-current=page]").inner_text() == name
    assert seen.complaints == []


def test_a_single_file_draws_its_charts_alone_and_has_its_pdf_beside_it(
    own_copy, taskmix, visit, probes, tmp_path
):
    made = taskmix(
        "report", "--period", "2026-08", "--single-file", "--pdf", "--notebook", "3_task_mix",
        "--project", own_copy, "--json",
    ).json  # fmt: skip
    page = made["pages"][0]
    assert Path(page["pdf"]).read_bytes().startswith(b"%PDF-")
    alone = tmp_path / "mailed.html"
    shutil.copyfile(page["html"], alone)
    assert alone.stat().st_size <= 2_300_000
    seen = visit(alone.as_uri())
    assert set(probes.states_unfolded(seen.page)) == {"drawn"}
    assert seen.complaints == []
    # What was beside it on the site did not come along.
    beside = seen.page.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
    assert [url for url in beside if not url.startswith("data:")] == []
