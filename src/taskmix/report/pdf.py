"""A page as PDF, printed by a Chromium that is installed; taskmix brings no browser."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from taskmix.errors import ReportError

#: Commands that are Chromium, or drive its engine and print alike.
_COMMANDS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "msedge", "brave-browser",
)  # fmt: skip
#: Where they are installed without being commands.
_PLACES = {
    "darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
}
_SWITCHES = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
    # The page's own policy asks nothing from outside; the browser itself is not to either.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer", "--generate-pdf-document-outline",
    # Time that passes as fast as the page can: it prints when nothing is left to be drawn.
    "--virtual-time-budget=20000",
)  # fmt: skip
_PATIENCE = 180


def find_chromium() -> str:
    """Return the path of an installed Chromium, Chrome, Edge or Brave.

    Raises
    ------
    ReportError
        If there is none; names where it was looked for.
    """
    for command in _COMMANDS:
        found = shutil.which(command)
        if found:
            return found
    places = _PLACES.get(sys.platform, ())
    for place in places:
        if Path(place).is_file():
            return place
    looked = f"the commands {', '.join(_COMMANDS)}"
    looked += f", then {', '.join(places)}" if places else ""
    raise ReportError(
        "a PDF is printed by Chromium, and there is none here. Looked for: "
        f"{looked}. Install Chromium (on Debian: apt install chromium), or open the page in any "
        "browser and print it"
    )


def print_page(html: str, *, browser: str) -> bytes:
    """Return a page as PDF, on A4, in light colours, with its folds open.

    Parameters
    ----------
    html : str
        A single-file page, as `taskmix.report.export_page` makes it.
    browser : str
        As `find_chromium` returns it.

    Raises
    ------
    ReportError
        If the browser prints nothing.
    """
    with tempfile.TemporaryDirectory(prefix="taskmix-pdf-") as folder:
        page, pdf = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, "utf-8")
        command = [browser, *_SWITCHES, *_as_root(), f"--user-data-dir={folder}/profile",
                   f"--print-to-pdf={pdf}", page.as_uri()]  # fmt: skip
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, errors="replace", timeout=_PATIENCE,
                check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ReportError(f"{browser}: printed no PDF ({error})") from error
        if not pdf.is_file() or not (printed := pdf.read_bytes()).startswith(b"%PDF"):
            said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise ReportError(
                f"{browser}: printed no PDF; it ended with {done.returncode}: {said[:300]}. Does "
                "it start by itself? Update it, or open the page in a browser and print it"
            )
    return printed


def _as_root() -> list[str]:
    # Chromium refuses to start as root, as in a container, with its sandbox on.
    return ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
