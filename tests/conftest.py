"""Fixtures that several rooms' tests share."""

import gc
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from taskmix.identity import Key
from taskmix.schema import TASK_COLUMNS, TaskLog, check_frame
from taskmix.settings import Settings
from taskmix.synth.bench import Bench, make_bench
from taskmix.taxonomy import CATEGORIES

# Many small frames come and go; collecting after each 700 of their parts took 5% of all tests.
gc.set_threshold(100_000, 20, 50)

TYPES = {"hours": "float64", "part": "int64"}
SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real logs, which stands beside the checkout where there is one."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real logs (../shared/data) are not on this machine")
    return SHARED_DATA


@pytest.fixture(scope="session")
def make_log() -> Callable[..., pd.DataFrame]:
    """Build a task log from a few facts a row; what is not said has a plain default."""

    def make(*rows: dict[str, Any]) -> pd.DataFrame:
        defaults: dict[str, Any] = dict.fromkeys(TASK_COLUMNS)
        defaults |= {"source": "test", "person": "ana", "team": "red", "department": "x"}
        defaults |= {"performer": "unknown", "local_date": "2026-07-01", "hours": 1.0, "part": 0}
        filled = [{**defaults, "task_id": f"t{n:04d}", **row} for n, row in enumerate(rows)]
        log = pd.DataFrame(filled, columns=list(TASK_COLUMNS))
        for column in TASK_COLUMNS:
            if column in {"started_at", "ended_at"}:
                log[column] = pd.to_datetime(log[column], utc=True).astype("datetime64[us, UTC]")
            elif column in {"local_date", "local_end_date"}:
                log[column] = pd.to_datetime(log[column]).astype("datetime64[us]")
            else:
                log[column] = log[column].astype(TYPES.get(column, "str"))
        check_frame(log, TaskLog, where="make_log")
        days = (log[["local_date", "local_end_date"]] - pd.Timestamp("1970-01-01")).apply(
            lambda column: column.dt.days
        )
        return log.assign(
            first_day=days["local_date"].astype("int64"),
            last_day=days["local_end_date"].fillna(days["local_date"]).astype("int64"),
        )

    return make


@pytest.fixture(scope="session")
def make_sorted() -> Callable[..., pd.DataFrame]:
    """Build the table ``sorted`` from task id → four probabilities; sure from 0.6."""

    def make(probabilities: dict[str, tuple[float, float, float, float]]) -> pd.DataFrame:
        rows = [
            {
                "task_id": task_id,
                **{f"p_{name}": p for name, p in zip(CATEGORIES, values, strict=True)},
                "category": CATEGORIES[values.index(max(values))]
                if max(values) >= 0.6
                else "unsure",
            }
            for task_id, values in probabilities.items()
        ]
        columns = ["task_id", *(f"p_{name}" for name in CATEGORIES), "category"]
        frame = pd.DataFrame(rows, columns=columns)
        return frame.astype(
            {"task_id": "str", "category": "str", **{f"p_{n}": "float64" for n in CATEGORIES}}
        )

    return make


@pytest.fixture(scope="session")
def bench() -> Bench:
    """The invented organisation in small, with its truth: 200 people, 12 teams, two years."""
    return make_bench(people=200, teams=12, months=24, size_spread=0.6)


#: Every text of the page, SVG's too, with its size as drawn: transforms of SVG count.
SMALL_TEXTS = """() => {
  const small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, element = text.parentElement;
    if (!text.data.trim() || element.closest("script, style")) continue;
    const matrix = element.getScreenCTM ? element.getScreenCTM() : null;
    const scale = matrix ? Math.hypot(matrix.a, matrix.b) : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < 11.99) small.push([text.data, size]);
  }
  return small;
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
STATES = "() => [...document.querySelectorAll('.tm-plot')].map(p => p.dataset.state)"
UNFOLD = """() => { for (const fold of document.querySelectorAll(".tm-more, .tm-details"))
  fold.open = true; }"""


def states_unfolded(page: Any) -> list[str]:
    """Open what is folded, wait until every chart is drawn or has failed, and say which."""
    page.evaluate(UNFOLD)
    # What is folded is drawn when it is opened, one chart after another.
    page.locator(".tm-plot:not([data-state])").first.wait_for(state="detached")
    return page.evaluate(STATES)


@pytest.fixture(scope="session")
def probes() -> SimpleNamespace:
    """JavaScript that asks a page what its reader would notice."""
    return SimpleNamespace(
        small_texts=SMALL_TEXTS, sideways=SIDEWAYS, states=STATES, states_unfolded=states_unfolded
    )


@dataclass
class Visit:
    """A page as one visitor saw it."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium here; `make test` installs it")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    switches += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    # In one process of one context plotly.js is compiled once, not 2 s a visit.
    switches += ["--disable-site-isolation-trials", "--renderer-process-limit=1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=switches)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visitors(chromium: Any) -> Callable[..., Any]:
    """Give a browser context for some options: the same one to all visits that ask for them."""
    known: dict[str, Any] = {}

    def visitor(**options: Any) -> Any:
        asked = repr(sorted(options.items()))
        if asked not in known:
            known[asked] = chromium.new_context(**options)
        return known[asked]

    return visitor


@contextmanager
def _visiting(visitors: Callable[..., Any]) -> Iterator[Callable[..., Visit]]:
    pages = []

    def open_page(url: str, *, width: int = 1180, offline: bool = True, **options: Any) -> Visit:
        seen = Visit(visitors(offline=offline, **options).new_page())
        pages.append(seen.page)
        seen.page.set_viewport_size({"width": width, "height": 900})
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on(
            "console", lambda m: m.type in ("error", "warning") and seen.complaints.append(m.text)
        )
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("dialog", lambda d: (seen.dialogs.append(d.message), d.dismiss()))
        seen.page.goto(url)
        if options.get("java_script_enabled", True) and seen.page.locator(".tm-plot").count():
            # Not wait_for_function: its polling needs eval, which the page's policy forbids.
            done = "html:is([data-charts=drawn], [data-charts=incomplete])"
            seen.page.locator(done).wait_for(state="attached")
        return seen

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture
def visit(visitors: Callable[..., Any]) -> Iterator[Callable[..., Visit]]:
    """Open a page; ``offline`` unless it comes from a server of the test's own."""
    with _visiting(visitors) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def visit_once(visitors: Callable[..., Any]) -> Iterator[Callable[..., Visit]]:
    """Open a page that several tests of a module look at in turn."""
    with _visiting(visitors) as open_page:
        yield open_page


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def serve() -> Callable[[Path], Any]:
    return served


@contextmanager
def lab_server(root: Path, home: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    server = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
            "--ServerApp.port=0", "--IdentityProvider.token=secret",
            f"--ServerApp.root_dir={root}",
        ],
        env={**os.environ, "JUPYTER_RUNTIME_DIR": str(home), "HOME": str(home)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield _address(home, server), server
    finally:
        server.terminate()
        server.wait(timeout=30)


def _address(folder: Path, server: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        for record in folder.glob("jpserver-*.json"):
            text = record.read_text()
            if text.rstrip().endswith("}"):
                return str(json.loads(text)["url"])
        time.sleep(0.2)
    pytest.fail("JupyterLab did not start")


@pytest.fixture(scope="session")
def open_lab() -> Callable[[Path, Path], Any]:
    """Run JupyterLab on a folder, with another as its home; gives its address and process."""
    return lab_server


@pytest.fixture(autouse=True, scope="session")
def own_config_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the keys that tests make out of the home of whoever runs them."""
    folder = tmp_path_factory.mktemp("config")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def give_key(own_config_folder: Path) -> Callable[[Settings], Key]:
    """Give a workspace the tests' one key, so that two of them have the same pseudonyms."""
    secret = b"the key of all tests"
    made = Key(secret, hashlib.sha256(b"taskmix key fingerprint\x00" + secret).hexdigest()[:16])

    def give(settings: Settings) -> Key:
        path = settings.key_folder / f"{made.fingerprint}.key"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secret.hex(), encoding="ascii")
        path.chmod(0o600)
        settings.processed.mkdir(parents=True, exist_ok=True)
        (settings.processed / "key.fingerprint").write_text(made.fingerprint, encoding="ascii")
        return made

    return give
