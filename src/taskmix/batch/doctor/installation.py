"""What taskmix stands on: Python, packages, time zones, readers, a browser."""

import platform
from importlib.metadata import PackageNotFoundError, entry_points, metadata, requires, version
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from taskmix.batch.doctor.verdict import Verdict, fault, listed, ok, warning
from taskmix.errors import ReaderError, ReportError
from taskmix.ingest import READER_GROUP
from taskmix.ingest.detect import load_reader
from taskmix.report import find_chromium

_AGAIN = "install taskmix again into this environment: pip install taskmix"


def python_version() -> Verdict:
    """Check that Python is one that taskmix is made for."""
    running = platform.python_version()
    try:
        wanted = str(metadata("taskmix")["Requires-Python"])
    except PackageNotFoundError:
        # Which is said of the packages.
        return ok(f"Python {running}")
    if SpecifierSet(wanted).contains(running, prereleases=True):
        return ok(f"Python {running}")
    return fault(
        f"Python {running}, and taskmix asks for {wanted}",
        todo="make an environment with such a Python and install taskmix there",
    )


def packages() -> Verdict:
    """Check the installed versions against what taskmix asks for."""
    try:
        asked = [Requirement(text) for text in requires("taskmix") or ()]
    except PackageNotFoundError:
        return fault(
            "taskmix is here and not installed, or its installation was cut off", todo=_AGAIN
        )
    # What belongs to an extra is asked for by a marker that is false without it.
    needed = [one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    wrong = [said for one in needed if (said := _unmet(one))]
    if wrong:
        return fault(f"{len(wrong)} packages are not as asked for: {listed(wrong)}", todo=_AGAIN)
    return ok(f"taskmix {version('taskmix')}; its {len(needed)} packages are as asked for")


def _unmet(asked: Requirement) -> str:
    try:
        installed = version(asked.name)
    except PackageNotFoundError:
        return f"{asked.name} (missing)"
    met = asked.specifier.contains(installed, prereleases=True)
    return "" if met else f"{asked.name} {installed} (asked for: {asked.specifier})"


def time_zones() -> Verdict:
    """Check that time zones are known here; Windows brings none."""
    try:
        ZoneInfo.no_cache("Europe/Berlin")
    except (ZoneInfoNotFoundError, OSError):
        return fault(
            "no time zones are known here", todo="install the package tzdata: pip install tzdata"
        )
    return ok("time zones are known")


def readers() -> Verdict:
    """Check that every installed reader can be loaded."""
    entries, broken = sorted(entry_points(group=READER_GROUP), key=lambda one: one.name), []
    for entry in entries:
        try:
            load_reader(entry)
        except ReaderError as error:
            broken.append(str(error))
    if broken:
        return fault("; ".join(broken), todo="no file can be read until this is mended")
    if not entries:
        return fault("no reader is installed", todo=_AGAIN)
    return ok(f"readers: {', '.join(entry.name for entry in entries)}")


def exporter() -> Verdict:
    """Check that JupyterLab and nbconvert know the page's export."""
    found = entry_points(group="nbconvert.exporters", name="taskmix")
    if found:
        return ok("notebooks can be exported as pages")
    return warning("JupyterLab and nbconvert do not know the export `taskmix`", todo=_AGAIN)


def chromium() -> Verdict:
    """Check for a browser that prints PDFs; only ``--pdf`` needs one."""
    try:
        return ok(f"PDFs are printed by {find_chromium()}")
    except ReportError:
        return warning(
            "no Chromium is installed, so --pdf prints nothing; all else works",
            todo="install Chromium if you want PDFs (on Debian: apt install chromium)",
        )
