"""The tagging notebook in a real JupyterLab, as the person who tags sees it."""

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from typing import Any

import pandas as pd
import psutil
import pytest

from taskmix.settings import Settings, load_settings
from taskmix.store import read_table
from taskmix.store.tags import TAKEN_BACK, latest_tags

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("tagging")]

_SECOND = 1000
#: As people set them in JupyterLab's menus: the dark theme, widgets saved with their state, and
#: no question to the network.
_LAB_SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/apputils-extension/themes": {"theme": "JupyterLab Dark"},
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},
}
_SMALL = """() => [...document.querySelectorAll(".tm-tagging *")].filter((element) =>
  [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
  && element.checkVisibility() && parseFloat(getComputedStyle(element).fontSize) < 12
).map((element) => element.outerHTML)"""
_SIDEWAYS = """() => [".tm-tagging", ".tm-pages", ".tm-title"].filter((name) => {
  const element = document.querySelector(name);
  return element.scrollWidth > element.clientWidth;
})"""
#: The lowest contrast of the widget's texts, with a canvas to read whatever CSS calls a colour.
_CONTRAST = """() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (layers) => {
    pen.clearRect(0, 0, 1, 1);
    for (const colour of layers) { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); }
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let worst = [99, ""];
  for (const element of document.querySelectorAll(".tm-tagging *")) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!text || !element.checkVisibility()) continue;
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      layers.unshift(getComputedStyle(e).backgroundColor);
    }
    const back = over(layers), front = over([...layers, getComputedStyle(element).color]);
    const ratio = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
    if (ratio < worst[0]) worst = [ratio, element.outerHTML];
  }
  return worst;
}"""

#: What the server says of its kernels.
_KERNELS = "async () => await (await fetch('/api/kernels?token=secret')).json()"


@dataclass
class Desk:
    """The open notebook: the page, the workspace behind it, and the server."""

    page: Any
    settings: Settings
    server: subprocess.Popen[bytes]
    complaints: list[str]

    def text(self, name: str) -> str:
        return self.page.locator(f".tm-{name}").inner_text()

    def press(self, key: str) -> None:
        """Press a key, and wait until the kernel has answered what it asked for."""
        before = self.page.locator(".tm-tagging").get_attribute("data-step")
        self.page.keyboard.press(key)
        # Not waiting any more is not enough: a busy page may not have begun to.
        done = f'.tm-tagging:not(.tm-waiting):not([data-step="{before}"])'
        self.page.locator(done).wait_for()

    def answer(self, asked: Any) -> None:
        """Leave the page when the browser asks whether to; any other dialog is a complaint."""
        # JupyterLab asks that of a notebook with changes; dismissed, the page would stay.
        if asked.type == "beforeunload":
            asked.accept()
        else:
            self.complaints.append(asked.message)
            asked.dismiss()

    def wait_for_kernel(self, *, not_of: set[int]) -> None:
        """Wait until the server runs a kernel of another process, which answers.

        The status bar says Idle of the one that died for a while yet, and what is run then is lost.
        """
        until = time.monotonic() + 90
        while time.monotonic() < until:
            now = {kernel.pid for kernel in psutil.Process(self.server.pid).children()}
            kernels = self.page.evaluate(_KERNELS)
            if now - not_of and [kernel["execution_state"] for kernel in kernels] == ["idle"]:
                return
            self.page.wait_for_timeout(_SECOND / 4)
        raise AssertionError(f"no new kernel is idle: {kernels}")

    def said(self) -> pd.DataFrame:
        return read_table(self.settings.processed, "tags").sort_values("at", ignore_index=True)

    def run_all(self, headline: str) -> None:
        """Run all cells, and wait for what the last one prints."""
        page = self.page
        # The kernel must be there, or the menu asks for one.
        page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=90 * _SECOND)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.get_by_text(headline).wait_for(timeout=90 * _SECOND)
        page.locator(".tm-category").first.wait_for()


@pytest.fixture(scope="module")
def workspace(tagging_workspace, set_parameters, tmp_path_factory) -> Settings:
    copy = shutil.copytree(tagging_workspace.project, tmp_path_factory.mktemp("lab") / "w")
    settings = load_settings(copy)
    set_parameters(settings, period="2026-Q3", n=8, tagger="Ana")
    return settings


@pytest.fixture(scope="module")
def lab(workspace, open_lab, tmp_path_factory):
    """A JupyterLab server on the workspace; its address and process."""
    home = tmp_path_factory.mktemp("home")
    for name, values in _LAB_SETTINGS.items():
        kept = home / ".jupyter" / "lab" / "user-settings" / f"{name}.jupyterlab-settings"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(values))
    with open_lab(workspace.project / "notebooks", home) as opened:
        yield opened


@pytest.fixture(scope="module")
def desk(lab, workspace, chromium):
    """The notebook, run once: the tests that follow go on where the one before stopped."""
    context = chromium.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(30 * _SECOND)
    address, server = lab
    opened = Desk(page, workspace, server, [])
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.on("dialog", opened.answer)
    page.goto(f"{address}lab/tree/tagging.ipynb?token=secret&reset")
    opened.run_all("0 of 12 tasks of 2026-Q3 are tagged, 12 are left.")
    yield opened
    context.close()


def test_keys_and_buttons_tag_and_each_answer_is_on_disk_at_once(desk):
    page = desk.page
    assert desk.text("where") == "2026-Q3 · as Ana"
    assert desk.text("count") == "0 of 12 tagged"
    page.locator(".tm-title").click()
    seen = [desk.text("title")]
    desk.press("2")
    assert desk.said()["category"].tolist() == ["judgment"]
    assert desk.text("said") == "Saved as judgment."
    seen.append(desk.text("title"))
    page.get_by_role("button", name="Creative").click()
    page.get_by_text("Saved as creative.").wait_for()
    assert desk.said()["category"].tolist() == ["judgment", "creative"]
    seen.append(desk.text("title"))
    # The button that was clicked has the focus, and the keys work from there.
    desk.press("4")
    assert desk.text("count") == "3 of 12 tagged"
    assert len(set(seen)) == 3
    titles = read_table(desk.settings.processed, "tasks").set_index("task_id")["title"]
    assert titles[desk.said()["task_id"]].tolist() == seen
    desk.press("u")
    assert (desk.text("title"), desk.text("said")) == (seen[2], "Taken back.")
    assert desk.said()["category"].tolist() == ["judgment", "creative", "connective", TAKEN_BACK]
    assert len(latest_tags(desk.said())) == 2
    assert desk.text("count") == "2 of 12 tagged"
    bar = page.get_by_role("progressbar", name="Tagged tasks")
    assert (bar.get_attribute("aria-valuenow"), bar.get_attribute("aria-valuemax")) == ("2", "12")


def test_keys_stay_in_the_widget_and_do_nothing_with_a_modifier(desk):
    page, before = desk.page, desk.said()
    page.locator(".tm-title").click()
    cells = page.locator(".jp-Cell").count()
    kinds = page.locator(".jp-MarkdownCell").count()
    title = desk.text("title")
    # JupyterLab would delete, cut, insert and change the selected cell by these.
    for key in ("d", "d", "x", "a", "b", "m", "r", "5", "6", "z", "ArrowDown", "Enter", "Shift+M"):
        page.keyboard.press(key)
    for key in ("Control+1", "Alt+s", "Meta+3", "Shift+Digit4", "Control+u"):
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells
    assert page.locator(".jp-MarkdownCell").count() == kinds
    assert desk.text("title") == title
    assert desk.said().equals(before)
    # A key that is held down tags one task.
    page.keyboard.down("1")
    for _ in range(3):
        page.keyboard.down("1")
    page.keyboard.up("1")
    page.get_by_text("Saved as execution.").wait_for()
    assert len(desk.said()) == len(before) + 1
    desk.press("Control+z")
    assert desk.text("title") == title
    assert desk.said()["category"].iloc[-1] == TAKEN_BACK
    # Outside the widget the keys are JupyterLab's own, and the ring is gone.
    ring = "box => getComputedStyle(box).boxShadow"
    assert page.locator(".tm-tagging").evaluate(ring) != "none"
    page.locator(".jp-MarkdownCell").first.click()
    assert page.locator(".tm-tagging").evaluate(ring) == "none"
    page.keyboard.press("2")
    page.get_by_text("## Tagging").wait_for()
    assert len(desk.said()) == len(before) + 2


def test_skipping_and_going_back(desk):
    page = desk.page
    page.locator(".tm-title").click()
    # How far it goes back depends on when the cell was run; so it begins with an answer.
    said = desk.text("title")
    desk.press("3")
    count, put_off = desk.text("count"), desk.text("title")
    desk.press("s")
    assert desk.text("title") != put_off
    desk.press("ArrowLeft")
    assert (desk.text("title"), desk.text("own")) == (put_off, "You skipped it before.")
    desk.press("ArrowLeft")
    assert desk.text("title") == said
    assert desk.text("own") == "You said creative. Another key changes it."
    pressed = page.locator('.tm-category[aria-pressed="true"]')
    assert pressed.inner_text().split()[:2] == ["3", "Creative"]
    desk.press("3")
    assert desk.text("count") == count


def test_a_reloaded_page_goes_on_and_the_saved_notebook_holds_no_title(desk, hostile):
    page = desk.page
    page.locator(".tm-title").click()
    title, count = desk.text("title"), desk.text("count")
    path = desk.settings.project / "notebooks" / "tagging.ipynb"
    page.keyboard.press("Control+s")
    deadline = time.monotonic() + 30
    while "widget-view" not in path.read_text("utf-8") and time.monotonic() < deadline:
        time.sleep(0.1)
    text = path.read_text("utf-8")
    assert "tm-tagging" in json.dumps(json.loads(text)["metadata"]["widgets"])
    for written in (*hostile, "Review contract", title):
        assert json.dumps(written, ensure_ascii=False)[1:-1] not in text
    page.reload()
    page.locator(".tm-category").first.wait_for()
    assert (desk.text("title"), desk.text("count")) == (title, count)


def test_narrow_and_in_the_dark_it_can_be_read(desk):
    page = desk.page
    assert page.locator("body").get_attribute("data-jp-theme-name") == "JupyterLab Dark"
    for width in (1300, 760):
        page.set_viewport_size({"width": width, "height": 1000})
        is_wide = width == 1300
        page.locator(".tm-wide").wait_for(state="attached" if is_wide else "detached")
        assert page.locator(".tm-book").evaluate("book => book.open") is is_wide
        page.locator(".tm-book").evaluate("book => { book.open = true; }")
        assert page.evaluate(_SMALL) == []
        assert page.evaluate(_SIDEWAYS) == []
        ratio, text = page.evaluate(_CONTRAST)
        assert ratio >= 4.5, text
    page.set_viewport_size({"width": 1300, "height": 1000})


def test_hostile_titles_are_text_until_all_are_tagged(desk, hostile):
    page, shown = desk.page, set()
    titles = read_table(desk.settings.processed, "tasks").set_index("task_id")["title"]
    left = set(hostile) - set(titles[latest_tags(desk.said())["task_id"]])
    page.locator(".tm-wide").wait_for()
    page.locator(".tm-title").click()
    while desk.text("count") != "12 of 12 tagged":
        shown.add(page.locator(".tm-title").text_content())
        desk.press("1")
    # Two tasks were tagged before.
    assert len(left) >= 2
    assert left <= shown
    assert page.evaluate("() => window.hacked") is None
    assert page.locator(".tm-tagging :is(img, script, b)").count() == 0
    assert desk.text("title") == "All 12 tasks are tagged."
    assert len(latest_tags(desk.said())) == 12
    before = desk.said()
    for key in ("1", "s"):
        page.keyboard.press(key)
    desk.press("ArrowLeft")
    assert desk.said().equals(before)
    assert desk.complaints == []


def test_without_its_kernel_it_says_that_nothing_is_saved_and_run_again_goes_on(desk):
    page, before = desk.page, desk.said()
    kernels = psutil.Process(desk.server.pid).children()
    for kernel in kernels:
        kernel.kill()
    page.get_by_role("dialog").get_by_role("button", name="Ok").click()
    page.locator(".tm-title").click()
    page.keyboard.press("4")
    page.get_by_text("nothing is being saved").wait_for()
    assert desk.said().equals(before)
    desk.wait_for_kernel(not_of={kernel.pid for kernel in kernels})
    desk.run_all("12 of 12 tasks of 2026-Q3 are tagged, 0 are left.")
    assert desk.text("title") == "All 12 tasks are tagged."
    assert desk.text("notice") == ""
    page.locator(".tm-title").click()
    # In the order of time, so the last answer comes first.
    desk.press("ArrowLeft")
    desk.press("4")
    assert desk.said()["category"].iloc[-1] == "connective"
    assert len(latest_tags(desk.said())) == 12
