import re

import nbconvert
import nbformat
import nbformat.v4 as nb
import pytest
from nbconvert.nbconvertapp import NbConvertApp

from taskmix.errors import ReportError
from taskmix.report import TaskmixExporter, export_page, headline, result, tiles

MANIFEST = '<script type="application/json" id="taskmix-release">'


def _visible(page):
    """The page's words, without style, scripts and their data."""
    body = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_the_exporter_is_registered_under_its_name():
    assert nbconvert.get_exporter("taskmix") is TaskmixExporter
    assert TaskmixExporter.export_from_notebook == "taskmix report (HTML)"


def test_nbconvert_to_taskmix_writes_one_page(make, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    nbformat.write(make.report(), "mix.ipynb")
    app = NbConvertApp()
    app.initialize(["--to", "taskmix", "--log-level", "ERROR", "mix.ipynb"])
    app.start()
    page = (tmp_path / "mix.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert 'id="tm-packed"' in page


def test_code_parameters_and_notebook_only_cells_are_absent(make):
    page = export_page(make.report(), site=True, assets_url="a/")
    assert "secret_source" not in page
    assert "injected words" not in page
    assert "For analysts only" not in page
    assert "An analyst’s own part" in page
    assert "61204 rows" in page


def test_the_notebooks_order_is_the_pages_order(make):
    page = export_page(make.report(), site=True, assets_url="a/")
    words = _visible(page[page.index("<body>") :])
    parts = ["Execution fell to 41%", "Data through", "What changed", "AI’s part", "People’s hours"]
    parts += [
        "An analyst’s own part",
        "How sure is this?",
        "What the words mean",
        "Made 2026-10-02",
    ]
    places = [words.index(part) for part in parts]
    assert places == sorted(places)


def test_cells_tagged_more_are_folded_together_where_the_last_of_them_stood(make):
    page = export_page(
        make.notebook(
            make.markdown("first"),
            make.code(make.trend(), tags=("more",)),
            make.markdown("second"),
            make.code(make.analyst(), tags=("more",)),
            make.markdown("third"),
        ),
        site=True,
    )
    folded = re.search(r'<details class="tm-more" open>(.*)</details>\n<div', page, re.DOTALL)
    assert "<summary>2 more charts</summary>" in folded[1]
    assert re.findall(r'class="tm-plot" id="(.*?)"', folded[1]) == ["figure-1", "figure-2"]
    assert "second" in page[: folded.start()]
    assert "third" in page[folded.end() - 4 :]
    assert "second" not in folded[1]


def test_a_page_without_such_cells_has_no_fold(make):
    assert "tm-more" not in re.sub(
        r"<(style|script)\b.*?</\1>",
        "",
        export_page(make.report(), site=True),
        flags=re.DOTALL,
    )


def test_header_and_footer_come_from_the_result_and_the_result_is_invisible(make):
    page = export_page(
        make.report(), site=True, assets_url="a/", home_url="../i.html", name="3 mix"
    )
    words = _visible(page)
    for fact in ("Atlas Labs (invented)", "Q3 2026", "Made 2026-10-02 04:10", "Europe/Berlin"):
        assert fact in words
    assert 'href="../i.html"' in page
    assert 'href="3%20mix.ipynb"' in page
    assert "reached its end" not in page


def test_a_page_without_plotly_js_stays_small(make):
    page = export_page(make.report(), site=True, assets_url="../../assets/")
    assert len(page.encode()) < 300_000
    assert re.search(r'<script src="\.\./\.\./assets/plotly-[\d.]+\.min\.js" defer>', page)


def test_the_single_file_fits_a_mail_and_names_no_file(make):
    page = export_page(make.report(), site=False)
    assert len(page.encode()) < 2_300_000
    assert "<script src" not in page
    assert ".ipynb" not in page


def test_the_policy_allows_self_only_on_a_site_and_never_eval(make):
    policies = [
        re.search(r'Security-Policy" content="([^"]+)"', export_page(make.report(), site=site))[1]
        for site in (True, False)
    ]
    on_site, single = (policy.replace("&#39;", "'") for policy in policies)
    pattern = (
        r"default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src {}"
        r"'sha256-[\w+/]+='{}; base-uri 'none'; form-action 'none'"
    )
    assert re.fullmatch(pattern.format("'self' ", ""), on_site)
    assert re.fullmatch(pattern.format("", r" 'sha256-[\w+/]+='"), single)


def test_a_page_without_charts_runs_no_script(make):
    page = export_page(make.notebook(make.code(headline("Hi"))), site=False)
    # What it says of its release plan is data, which no policy lets run.
    assert re.findall("<script[^>]*>", page) == [MANIFEST]
    assert "script-src &#39;none&#39;" in page


def test_there_is_one_h1_and_it_is_the_headline(make):
    cells = (
        make.markdown("# First"),
        make.code(headline("The <b>finding</b>")),
        make.markdown("# X"),
    )
    page = export_page(make.notebook(*cells), site=True)
    assert re.findall(r"<h1.*?</h1>", page) == [
        '<h1 class="tm tm-headline"><bdi>The &lt;b&gt;finding&lt;/b&gt;</bdi></h1>'
    ]
    assert "<title>The &lt;b&gt;finding&lt;/b&gt;</title>" in page
    assert "<h2>First</h2>" in page


def test_without_a_headline_the_first_markdown_h1_leads_or_else_the_file_name(make):
    page = export_page(make.notebook(make.markdown("# One\n\n# Two")), site=True)
    assert re.findall(r"<h[12]>.*?</h[12]>", page) == ["<h1>One</h1>", "<h2>Two</h2>"]
    bare = export_page(make.notebook(make.markdown("words")), site=True, name="3_task_mix")
    assert "<h1>Task mix</h1>" in bare


def test_a_failed_notebook_says_where(make):
    error = nb.new_output("error", ename="KeyError", evalue="'<b>'", traceback=["secret path"])
    page = export_page(
        make.notebook(make.markdown("## What changed?"), make.code(outputs=(error,))), site=True
    )
    assert "This notebook failed at: “What changed?”, cell 2. KeyError: &#39;" in re.sub(
        r"</?bdi>|</strong>\n", lambda m: " " if "strong" in m[0] else "", page
    )
    assert "secret path" not in page
    assert "<b>'" not in page


def test_a_whole_notebook_has_no_failure_banner(make):
    assert "This notebook failed" not in export_page(make.report(), site=True)


def test_outputs_take_their_best_form(make):
    png = {"image/png": "AAAA\n", "text/plain": "<Axes>"}
    svg = {"image/svg+xml": "<svg onload='x()'></svg>", "text/plain": "<Axes>"}
    page = export_page(make.notebook(make.code(png, svg, {"text/plain": "only <this>"})), site=True)
    assert '<img src="data:image/png;base64,AAAA"' in page
    assert '<img src="data:image/svg+xml;base64,' in page
    assert "Axes" not in page
    assert "onload" not in page
    assert "only &lt;this&gt;" in page


def test_printed_words_are_quiet_and_warnings_hidden(make):
    streams = [("stdout", "\x1b[31mone "), ("stderr", "a warning"), ("stdout", "two</pre>")]
    outputs = tuple(nb.new_output("stream", name=name, text=text) for name, text in streams)
    page = export_page(make.notebook(make.code(outputs=outputs)), site=True)
    assert '<pre class="tm-printed" tabindex="0">one two&lt;/pre&gt;</pre>' in page
    assert "a warning" not in page


def test_a_chart_left_only_as_a_script_is_announced_as_missing(make):
    page = export_page(
        make.notebook(make.code({"text/html": "<script>Plotly.newPlot()</script>"})), site=True
    )
    assert "A chart is missing here" in page
    assert "Plotly.newPlot()" not in page


def test_a_pasted_picture_is_shown_and_a_lost_one_is_an_error(make):
    cell = make.markdown("![plan](attachment:p.png)")
    cell["attachments"] = {"p.png": {"image/png": "AAAA"}}
    page = export_page(make.notebook(cell), site=True)
    assert '<img alt="plan" src="data:image/png;base64,AAAA"' in page
    with pytest.raises(ReportError, match=r"Cell 1: missing attachment: p\.png"):
        export_page(make.notebook(make.markdown("![plan](attachment:p.png)")), site=True)


def test_facts_from_hostile_settings_stay_text(make):
    facts = dict.fromkeys(make.facts, "</title><script>alert(1)</script>\u202e")
    page = export_page(make.notebook(make.code(result(facts))), site=True)
    assert re.findall("<script[^>]*>", page) == [MANIFEST]
    assert "\u202e" not in page
    # Header 2, footer 4, and once each in the title and the generator.
    assert page.count("&lt;script&gt;") == 8


def test_half_charts_stand_in_pairs(make):
    page = export_page(make.report(), site=True)
    assert page.count('<div class="tm-pair">') == 1
    pair = page.split('<div class="tm-pair">')[1]
    pair = re.split(r"</figure>\s*</div>", pair)[0]
    assert re.findall(r'<div class="tm-plot" id="([^"]+)"', pair) == ["figure-2", "figure-3"]


def test_charts_are_numbered_through_the_page_even_within_one_cell(make):
    page = export_page(make.notebook(make.code(make.trend(), make.trend())), site=True)
    assert re.findall(r'<div class="tm-plot" id="([^"]+)"', page) == ["figure-1", "figure-2"]


def test_the_page_can_be_written_as_utf8_whatever_the_names(make):
    page = export_page(make.notebook(make.code(headline("a\ud800b"), tiles([]))), site=True)
    assert page.encode("utf-8")
