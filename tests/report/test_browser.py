"""What a visitor sees: Debian's Chromium, offline, with Playwright."""

import plotly.graph_objects as go
import pytest

from taskmix.report import (
    Tile,
    export_page,
    findings,
    freshness,
    headline,
    install_assets,
    result,
    tiles,
    write_site_index,
)

pytestmark = pytest.mark.browser

EVIL = '"><img src=x onerror=alert(1)><script>alert(2)</script>\u202e' + "W" * 300


@pytest.fixture(params=["site", "single"])
def form(request):
    return request.param


def _eventually(page, condition):
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"this never became true: {condition}")


def _write(folder, notebook, form):
    """Lay a page out as a publisher does, two folders below the site's root."""
    page_folder = folder / "2026-Q3" / "organisation"
    page_folder.mkdir(parents=True)
    on_site = form == "site"
    if on_site:
        install_assets(folder / "assets")
    text = export_page(
        notebook, site=on_site, assets_url="../../assets/", home_url="../../index.html", name="mix"
    )
    path = page_folder / "mix.html"
    path.write_text(text, "utf-8")
    return path


def test_all_charts_are_drawn_from_a_file_offline(make, tmp_path, visit, form, probes):
    path = _write(tmp_path, make.report(), form)
    seen = visit(path.as_uri())
    assert seen.page.evaluate("document.documentElement.dataset.charts") == "drawn"
    assert seen.page.evaluate(probes.states) == ["drawn"] * 4
    assert seen.page.locator(".tm-plot svg.main-svg").count() >= 4
    assert seen.complaints == []
    assert all(url.startswith(("file:", "data:")) for url in seen.requests)
    assert len([u for u in seen.requests if u.startswith("file:")]) == (2 if form == "site" else 1)


def test_all_charts_are_drawn_from_a_server_under_a_sub_path(
    make, tmp_path, visit, serve, form, probes
):
    _write(tmp_path / "people" / "reports", make.report(), form)
    with serve(tmp_path) as root:
        url = f"{root}/people/reports/2026-Q3/organisation/mix.html"
        seen = visit(url, offline=False)
        assert seen.page.evaluate(probes.states) == ["drawn"] * 4
        assert seen.complaints == []
        inside = (f"{root}/people/reports/", "data:")
        assert all(url.startswith(inside) for url in seen.requests)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scroll_and_no_magnifier(make, tmp_path, visit, scheme, probes):
    path = _write(tmp_path, make.report(), "site")
    seen = visit(path.as_uri(), width=390, color_scheme=scheme)
    for data in seen.page.locator(".tm-data summary").all():
        data.click()
    assert not seen.page.evaluate(probes.sideways)
    assert seen.page.evaluate(probes.small_texts) == []


def test_the_walk_over_texts_finds_small_ones(make, tmp_path, visit, probes):
    """Negative control of the test above."""
    seen = visit(_write(tmp_path, make.report(), "site").as_uri(), width=390)
    seen.page.evaluate(
        "document.querySelector('.tm-plot svg text').style.fontSize = '9px';"
        "document.querySelector('main').style.width = '800px'"
    )
    assert len(seen.page.evaluate(probes.small_texts)) == 1
    assert seen.page.evaluate(probes.sideways)


def test_a_phone_gets_the_narrow_layout(make, tmp_path, visit):
    path = _write(tmp_path, make.notebook(make.code(make.trend())), "site")
    labels = "() => [...document.querySelectorAll('.annotation-text')].map(t => t.textContent)"
    assert "execution 41%" in visit(path.as_uri()).page.evaluate(labels)
    phone = visit(path.as_uri(), width=390).page
    assert "execution" in phone.evaluate(labels)
    phone.set_viewport_size({"width": 1000, "height": 800})
    _eventually(phone, f"({labels})().includes('execution 41%')")


def test_the_dark_page_draws_the_dark_twins_and_follows_a_change(make, tmp_path, visit):
    path = _write(tmp_path, make.notebook(make.code(make.trend())), "site")
    page = visit(path.as_uri(), color_scheme="dark").page
    strokes = """() => [...document.querySelectorAll('.scatterlayer .js-line')]
        .map(line => getComputedStyle(line).stroke)"""
    judgment_dark, judgment_light = "rgb(78, 168, 222)", "rgb(0, 114, 178)"
    assert judgment_dark in page.evaluate(strokes)
    assert judgment_light not in page.evaluate(strokes)
    background = "() => getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(18, 21, 25)"
    page.emulate_media(color_scheme="light")
    _eventually(page, f"({strokes})().includes('{judgment_light}')")
    assert page.evaluate(background) == "rgb(255, 255, 255)"


def _hostile_notebook(make):
    figure = go.Figure(go.Bar(x=[EVIL, "b"], y=[1, 2], name=EVIL))
    meta = dict.fromkeys(("title", "subtitle", "takeaway", "note", "csv"), EVIL)
    meta |= {"columns": [EVIL, "n"], "rows": [[EVIL, 1]]}
    own = go.Figure(go.Bar(x=["a"], y=[1])).update_layout(title=EVIL)
    return make.notebook(
        make.code(headline(EVIL)),
        make.code(freshness([(EVIL, "red")]), findings([(EVIL, EVIL)])),
        make.code(tiles([Tile(EVIL, None, EVIL, EVIL)])),
        make.code(figure.update_layout(meta={"taskmix": meta}), own),
        make.markdown(f"## {EVIL}\n\n{EVIL}"),
        make.code(result({"organisation": EVIL, "team": EVIL, "period": EVIL, "made_at": EVIL})),
    )


@pytest.mark.parametrize("width", [390, 1180])
def test_hostile_names_are_harmless(make, tmp_path, visit, form, width, probes):
    seen = visit(_write(tmp_path, _hostile_notebook(make), form).as_uri(), width=width)
    assert seen.page.evaluate(probes.states) == ["drawn", "drawn"]
    assert seen.dialogs == []
    assert seen.complaints == []
    assert seen.page.locator("[onerror], img").count() == 0
    assert not seen.page.evaluate(probes.sideways)


def test_what_the_hostile_test_looks_for_does_happen_without_escaping(make, tmp_path, visit):
    """Negative control: the same name unescaped, once under the policy and once without."""
    path = _write(tmp_path, make.notebook(make.code(headline("HERE"))), "site")
    unescaped = path.read_text("utf-8").replace("<bdi>HERE", f"<bdi>{EVIL}")
    path.write_text(unescaped, "utf-8")
    held = visit(path.as_uri())
    assert held.page.locator("[onerror]").count() == 1
    assert held.complaints
    assert held.dialogs == []
    path.write_text(unescaped.replace("Content-Security-Policy", "none"), "utf-8")
    assert "2" in visit(path.as_uri()).dialogs


def test_the_policy_stops_a_picture_from_outside(make, tmp_path, visit, serve):
    """Negative control of the requests: an address outside shows up as a complaint."""
    path = _write(tmp_path, make.notebook(make.code(headline("HERE"))), "site")
    with serve(tmp_path) as other:
        text = path.read_text("utf-8").replace("HERE", f'<img src="{other}/x.png">')
        path.write_text(text, "utf-8")
        seen = visit(path.as_uri(), offline=False)
    assert any("Content Security Policy" in words for words in seen.complaints)


def test_one_failing_chart_shows_its_table_and_the_others_are_drawn(make, tmp_path, visit, probes):
    path = _write(tmp_path, make.notebook(make.code(make.trend(), make.trend())), "site")
    broken = path.read_text("utf-8").replace(
        '<script type="application/json" id="figure-1-spec">{',
        '<script type="application/json" id="figure-1-spec">{{',
    )
    path.write_text(broken, "utf-8")
    page = visit(path.as_uri()).page
    assert page.evaluate(probes.states) == ["failed", "drawn"]
    assert page.evaluate("document.documentElement.dataset.charts") == "incomplete"
    opened = "() => [...document.querySelectorAll('.tm-data')].map(d => d.open)"
    assert page.evaluate(opened) == [True, False]
    assert page.get_by_text("This chart could not be drawn here.").first.is_visible()


def test_without_plotly_js_every_table_is_open(make, tmp_path, visit, probes):
    path = _write(tmp_path, make.notebook(make.code(make.trend())), "site")
    for asset in (tmp_path / "assets").iterdir():
        asset.unlink()
    page = visit(path.as_uri()).page
    assert page.evaluate(probes.states) == ["failed"]
    assert page.get_by_role("cell", name="Q3 26").is_visible()


def test_where_no_script_runs_words_and_tables_are_there(make, tmp_path, visit, form):
    path = _write(tmp_path, make.report(), form)
    page = visit(path.as_uri(), width=390, java_script_enabled=False).page
    for words in ("Execution fell to 41%", "Nine tenths of the fall", "People’s hours move"):
        assert page.get_by_text(words).first.is_visible()
    assert page.locator(".tm-data table").first.is_visible()
    assert page.get_by_role("cell", name="to overseeing AI").is_visible()
    assert page.locator(".tm-plot").first.bounding_box()["height"] == 0


def test_paper_gets_charts_of_its_own_width_in_light_and_open_details(
    make, tmp_path, visit, probes
):
    path = _write(tmp_path, make.report(), "site")
    page = visit(path.as_uri(), width=1300, color_scheme="dark").page
    widths = "() => [...document.querySelectorAll('.tm-plot .main-svg')].map(s => s.clientWidth)"
    opened = "() => [...document.querySelectorAll('.tm-details')].map(d => d.open)"
    on_screen = page.evaluate(widths)
    assert max(on_screen) > 900
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    # 688 px is A4 (210 mm) without its two margins of 14 mm.
    assert max(page.evaluate(widths)) <= 688
    assert page.evaluate(opened) == [True, True]
    page.set_viewport_size({"width": 688, "height": 900})
    assert not page.evaluate(probes.sideways)
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    page.set_viewport_size({"width": 1300, "height": 900})
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    _eventually(page, f"Math.max(...({widths})()) === {max(on_screen)}")
    assert page.evaluate(opened) == [False, False]


def test_what_is_folded_is_drawn_when_it_is_opened_and_open_on_paper(make, tmp_path, visit, probes):
    cells = make.code(make.trend()), make.code(make.analyst(), tags=("more",))
    page = visit(_write(tmp_path, make.notebook(*cells), "site").as_uri()).page
    assert page.evaluate(probes.states) == ["drawn", None]
    assert not page.locator("#figure-2").is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#figure-2 .main-svg").first.bounding_box()["width"] == 680
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.locator("#figure-2").is_visible()
    page.get_by_text("1 more chart").click()
    _eventually(page, "document.querySelector('#figure-2 .main-svg').clientWidth > 900")


def test_printing_to_pdf_fires_the_resize(make, tmp_path, visit):
    page = visit(_write(tmp_path, make.report(), "site").as_uri(), width=1300).page
    page.evaluate(
        """() => addEventListener('beforeprint', () => {
            window.printed = [...document.querySelectorAll('.tm-plot .main-svg')]
                .map(svg => svg.clientWidth)})"""
    )
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert max(page.evaluate("printed")) <= 688


def test_the_csv_link_saves_the_table(make, tmp_path, visit):
    path = _write(tmp_path, make.notebook(make.code(make.trend())), "site")
    page = visit(path.as_uri(), accept_downloads=True).page
    with page.expect_download() as saved:
        page.get_by_role("link", name="Data (CSV)").click()
    assert saved.value.suggested_filename == "mix-by-quarter.csv"
    lines = saved.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0] == "Quarter,execution,judgment,creative,connective"
    assert lines[-1] == "Q3 26,41,29,12,18"


def test_assistive_technology_meets_a_name_for_each_chart_and_its_table_outside(
    make, tmp_path, visit
):
    page = visit(_write(tmp_path, make.notebook(make.code(make.trend())), "site").as_uri()).page
    chart = page.get_by_role("img", name="Execution fell from 55% to 41% of hours")
    assert chart.count() == 1
    assert chart.locator("figcaption, table, h2").count() == 0
    assert page.get_by_role("heading", name="People’s hours move").count() == 1


def test_the_index_leads_to_a_report_and_back(make, tmp_path, visit, probes):
    path = _write(tmp_path, make.report(), "site")
    record = '{"notebook": "mix", "status": "ok", "html": "2026-Q3/organisation/mix.html"}'
    path.with_suffix(".json").write_text(record, "utf-8")
    index = write_site_index(tmp_path, organisation=EVIL, made_at="2026-10-02")
    seen = visit(index.as_uri(), width=390)
    assert not seen.page.evaluate(probes.sideways)
    seen.page.get_by_role("link", name="Mix").click()
    seen.page.get_by_role("link", name="All reports").click()
    seen.page.wait_for_url("**/index.html")
    assert seen.dialogs == []
    assert seen.complaints == []
