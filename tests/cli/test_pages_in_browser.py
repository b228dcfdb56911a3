"""The demo's own pages, as a leader meets them: offline, on a phone, in the dark."""

import shutil

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

LEAST_CHARTS = {"3_task_mix": 3, "4_ai_shift": 2, "5_meaningful_work": 1}


@pytest.fixture
def pages(demo):
    found = sorted((demo / "reports").glob("*/*/*.html"))
    assert {path.stem for path in found} == set(LEAST_CHARTS)
    return found


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


#: Texts that stick out of their chart's own box, where they are cut off.
CUT = """() => [...document.querySelectorAll(".tm-plot")].flatMap(plot => {
  const box = plot.getBoundingClientRect();
  return [...plot.querySelectorAll("svg text")].filter(t => t.textContent.trim()).filter(t => {
    const b = t.getBoundingClientRect();
    const sideways = b.left < box.left - 1 || b.right > box.right + 1;
    return b.width && (sideways || b.bottom > box.bottom + 1);
  }).map(t => t.textContent);
})"""


#: One visit a page, width and scheme: all that a reader would stumble over is asked in it.
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1180])
def test_every_chart_is_drawn_and_everything_readable(pages, visit, probes, scheme, width):
    for path in pages:
        seen = visit(path.as_uri(), width=width, color_scheme=scheme)
        states = seen.page.evaluate(probes.states)
        assert len(states) >= LEAST_CHARTS[path.stem], path
        assert set(states) == {"drawn"}, path
        assert seen.complaints == [], path
        assert all(url.startswith(("file:", "data:")) for url in seen.requests), path
        assert not seen.page.evaluate(probes.sideways), path
        assert seen.page.evaluate(probes.small_texts) == [], path
        assert seen.page.evaluate(CUT) == [], path
        assert seen.page.evaluate(OVERLAPS) == [], path


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


def test_a_single_file_draws_its_charts_alone(demo, taskmix, visit, probes, tmp_path):
    made = taskmix(
        "report", "--period", "2026-08", "--single-file", "--notebook", "3_task_mix",
        "--project", demo, "--json",
    ).json  # fmt: skip
    alone = tmp_path / "mailed.html"
    shutil.copyfile(made["pages"][0]["html"], alone)
    seen = visit(alone.as_uri())
    assert set(seen.page.evaluate(probes.states)) == {"drawn"}
    assert seen.complaints == []
    # What was beside it on the site did not come along.
    assert seen.page.locator("a[href$='.html'], a[href$='.ipynb']").count() == 0
