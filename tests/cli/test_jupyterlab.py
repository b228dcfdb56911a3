"""The exporter in JupyterLab: in its export menu, and giving a page with its charts."""

import json
import urllib.request

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]


@pytest.fixture
def lab(demo, open_lab, tmp_path):
    """The address of a JupyterLab server on the demo's executed notebooks."""
    with open_lab(demo / "reports", tmp_path) as (address, _):
        yield address


def get(address: str) -> bytes:
    request = urllib.request.Request(address, headers={"Authorization": "token secret"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.read()


def test_the_export_menus_page_draws_its_charts_alone(lab, visit, probes, tmp_path):
    # What the menu "Save and Export Notebook As…" is filled from.
    formats = json.loads(get(f"{lab}api/nbconvert"))
    assert formats["taskmix"]["output_mimetype"] == "text/html"
    page = tmp_path / "exported.html"
    page.write_bytes(get(f"{lab}nbconvert/taskmix/2026-Q3/organisation/3_task_mix.ipynb"))
    seen = visit(page.as_uri())
    states = seen.page.evaluate(probes.states)
    assert len(states) >= 3
    assert set(states) == {"drawn"}
    assert seen.complaints == []
