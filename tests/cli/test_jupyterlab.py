"""The exporter in JupyterLab: in its export menu, and giving a page with its charts."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]


@pytest.fixture
def lab(demo, tmp_path):
    """A JupyterLab server on the demo's executed notebooks; its address and token."""
    environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    server = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
            "--ServerApp.port=0", "--IdentityProvider.token=secret",
            f"--ServerApp.root_dir={demo / 'reports'}",
        ],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield _address(tmp_path, server)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _address(folder: Path, server: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        for record in folder.glob("jpserver-*.json"):
            text = record.read_text()
            if text.rstrip().endswith("}"):
                return json.loads(text)["url"]
        time.sleep(0.2)
    pytest.fail("JupyterLab did not start")


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
