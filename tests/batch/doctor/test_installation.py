"""What taskmix stands on: each thing in order, and each thing wrong."""

import sys
import zoneinfo
from importlib.metadata import EntryPoint, PackageNotFoundError

import pytest

from taskmix.batch.doctor import installation


def test_an_installation_in_order_is_said_to_be():
    for look in (
        installation.python_version, installation.packages, installation.time_zones,
        installation.readers, installation.exporter,
    ):  # fmt: skip
        assert look().state == "ok", look().found
    assert "toggl" in installation.readers().found


def test_a_python_that_is_too_old_is_a_fault(monkeypatch):
    monkeypatch.setattr(installation.platform, "python_version", lambda: "3.9.2")
    found = installation.python_version()
    assert (found.state, found.found) == ("fault", "Python 3.9.2, and taskmix asks for >=3.11")


def test_packages_missing_or_of_another_version_are_named(monkeypatch):
    asked = [
        "no-such-thing>=1", "pandas>=99", "numpy>=2", 'icalendar>=99; extra == "calendar"',
        'pyarrow>=99; python_version < "3"',
    ]  # fmt: skip
    monkeypatch.setattr(installation, "requires", lambda _: asked)
    found = installation.packages()
    assert found.state == "fault"
    assert found.found.startswith("2 packages are not as asked for: no-such-thing (missing), panda")
    assert found.found.endswith("(asked for: >=99)")
    assert "pip install taskmix" in found.todo


def test_an_installation_that_was_cut_off_is_a_fault(monkeypatch):
    def refuse(name):
        raise PackageNotFoundError(name)

    for ask in ("requires", "metadata"):
        monkeypatch.setattr(installation, ask, refuse)
    assert installation.packages().state == "fault"
    assert installation.packages().found.startswith("taskmix is here and not installed")
    assert installation.python_version().state == "ok"


def test_no_time_zones_are_a_fault(monkeypatch):
    zoneinfo.reset_tzpath(to=[])
    for name in ("tzdata", "tzdata.zoneinfo", "tzdata.zoneinfo.Europe"):
        monkeypatch.setitem(sys.modules, name, None)
    try:
        found = installation.time_zones()
    finally:
        zoneinfo.reset_tzpath()
    assert found.state == "fault"
    assert "tzdata" in found.todo


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("no_such_module:Reader", "cannot be loaded (No module named 'no_such_module')"),
        ("taskmix.errors:NoSuchReader", "cannot be loaded (module 'taskmix.errors' has no attri"),
        ("pathlib:PurePath", "is no reader; it needs name, source"),
    ],
)
def test_a_reader_that_cannot_be_loaded_is_named(monkeypatch, value, sentence):
    entry = EntryPoint("mine", value, "taskmix.readers")
    monkeypatch.setattr(installation, "entry_points", lambda **_: [entry])
    found = installation.readers()
    assert found.state == "fault"
    assert f"entry point 'mine' of taskmix.readers ({value}) {sentence}" in found.found


def test_what_is_not_registered_is_said(monkeypatch):
    monkeypatch.setattr(installation, "entry_points", lambda **_: [])
    assert installation.readers().state == "fault"
    assert installation.exporter().state == "warning"


def test_no_browser_is_a_warning_only(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    found = installation.chromium()
    assert found.state == "warning"
    assert "apt install chromium" in found.todo
    (tmp_path / "chromium").write_text("#!/bin/sh\n")
    (tmp_path / "chromium").chmod(0o755)
    assert installation.chromium().found == f"PDFs are printed by {tmp_path / 'chromium'}"
