"""Every published byte of a made report: no name, title, pseudonym or hidden team is in it."""

import gzip
import html
import json
import re
import zipfile

import pytest

import taskmix as tm
from taskmix.batch.execute import execute
from taskmix.disclosure import person_cells
from taskmix.settings import load_settings
from taskmix.store import open_log, read_table

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def settings(demo):
    return load_settings(demo)


@pytest.fixture(scope="module")
def published(settings):
    """File → everything that can be read in it, packed parts unpacked."""
    found = {}
    for path in sorted(settings.reports.rglob("*")):
        if path.is_file() and "assets" not in path.parts:
            found[path.name if path.parent == settings.reports else str(path)] = text_of(path)
    assert len(found) > 10
    return found


def text_of(path):
    raw = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            raw = b"\n".join(book.read(name) for name in book.namelist())
    elif raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    text = raw.decode("utf-8", "replace")
    # As written, as HTML means it, and as JSON means it.
    decoded = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    return "\n".join([text, html.unescape(text), decoded])


def found_in(published, words):
    return {word for word in words for text in published.values() if word in text}


def written(value):
    """As pages write a number, which is the fewest digits that any published file has."""
    return f"{value:.6g}"


def numbers_in(published):
    """Every number with a fraction, whole: the beginning of another number is not a find."""
    numbers = re.compile(r"(?<![\d.])\d+\.\d+(?:[eE]-?\d+)?")
    return {written(float(n)) for text in published.values() for n in numbers.findall(text)}


def test_no_name_pseudonym_title_or_address_is_published(settings, published):
    roster = settings.roster.read_text("utf-8").splitlines()
    header = roster[0].split(",")
    named = [dict(zip(header, line.split(","), strict=False)) for line in roster[1:]]
    names = {row["person"] for row in named} | {
        alias for row in named for alias in row.get("aliases", "").split("; ") if alias
    }
    tasks = read_table(settings.processed, "tasks", columns=["person", "logged_as", "title"])
    pseudonyms = set(tasks["person"].dropna()) | set(tasks["logged_as"].dropna())
    titles = {title for title in tasks["title"].dropna().unique() if len(title) > 15}
    assert min(len(names), len(pseudonyms), len(titles)) > 50
    assert found_in(published, names | pseudonyms | titles) == set()
    assert not re.search(r"p-[0-9a-f]{16}", "".join(published.values()))
    assert found_in(published, {str(settings.project)}) == set()


@pytest.fixture(scope="module")
def hidden_figures(settings):
    """What hidden teams' shares and hours are, as they would be written."""
    rows = read_table(settings.processed, "releases")
    hidden = rows[(rows["kind"] == "team") & rows["decision"].isin(["hidden", "merged"])]
    sums = sums_by_quarter(settings)
    figures = set()
    for team, period in zip(hidden["team"], hidden["period"], strict=True):
        own = sums[
            (sums["team"] == team) & ((sums["period"] == period) | (sums["quarter"] == period))
        ]
        shares = own.filter(like="expected_").sum() / own.filter(like="expected_").sum().sum()
        figures |= {written(value) for value in (*shares, own["hours"].sum())}
    assert len(figures) > 20
    return figures


def sums_by_quarter(settings):
    log = open_log(settings.processed)
    sums = person_cells(log.tasks, log.sorted, **settings.counting.model_dump())
    sums["quarter"] = [f"{m[:4]}-Q{(int(m[5:]) + 2) // 3}" for m in sums["period"]]
    return sums


def test_no_figure_of_a_hidden_team_is_published(settings, published, hidden_figures):
    assert numbers_in(published) & hidden_figures == set()
    # The same search finds what is shown.
    rows = read_table(settings.processed, "releases")
    shown = rows[(rows["kind"] == "organisation") & (rows["period"] == "2026-Q3")]
    assert shown["decision"].tolist()[0] == "shown"
    sums = sums_by_quarter(settings)
    whole = sums[sums["quarter"] == "2026-Q3"].filter(like="expected_").sum()
    assert numbers_in(published) >= {written(share) for share in whole / whole.sum()}


def test_with_disclosure_switched_off_they_would_be(
    settings, hidden_figures, tmp_path, monkeypatch
):
    monkeypatch.setattr(tm, "suppress", lambda frame, _plan, **_: frame)
    made = tmp_path / "3_task_mix.ipynb"
    execute(str(settings.project / "notebooks" / made.name), str(made), {"period": "2026-Q3"})
    assert numbers_in({made.name: text_of(made)}) & hidden_figures


def test_teams_that_are_never_shown_are_not_named_anywhere(settings, published):
    rows = read_table(settings.processed, "releases")
    teams = rows[rows["kind"] == "team"]
    shown = set(teams.loc[teams["decision"] == "shown", "team"])
    assert shown
    assert found_in(published, shown) == shown
    never = set(teams["team"]) - shown
    assert never
    assert found_in(published, never) == set()


def test_every_page_counts_what_it_does_not_show(published):
    pages = {name: text for name, text in published.items() if name.endswith(".html")}
    del pages["index.html"]
    for text in pages.values():
        told = json.loads(re.search(r'id="taskmix-release">(.*?)</script>', text)[1])
        assert told["for_publication"]
        assert sum(entry["n"] for entry in told["not_shown"]) > 0


def test_every_page_says_what_it_is_not_for(published):
    pages = [t for n, t in published.items() if n.endswith(".html") and n != "index.html"]
    assert len(pages) > 3
    assert all("not for evaluating individuals" in page for page in pages)
