"""The units, read by systemd's own verifier and as text."""

import configparser
import re
import shutil
import subprocess

import pytest

UNITS = ("taskmix.service", "taskmix.timer", "taskmix-failed.service")


@pytest.fixture(scope="module")
def analyze():
    path = shutil.which("systemd-analyze")
    if path is None:
        pytest.skip("systemd-analyze is not on this machine (on Debian: apt install systemd)")
    return path


@pytest.fixture
def unit(examples):
    """Read a unit: section → key → the values given for it."""

    def read(name):
        sections, values = {}, {}
        for line in (examples / "systemd" / name).read_text().splitlines():
            if section := re.fullmatch(r"\[(\w+)\]", line):
                values = sections.setdefault(section[1], {})
            elif line and not line.startswith("#"):
                key, _, value = line.partition("=")
                values.setdefault(key, []).append(value)
        return sections

    return read


@pytest.fixture
def installed(examples, stand_in, tmp_path):
    """Put the units into a folder, with programs and folders that are there."""
    made = stand_in()
    folder = tmp_path / "units"
    folder.mkdir()
    for name in UNITS:
        text = (examples / "systemd" / name).read_text()
        text = text.replace("/opt/taskmix/bin", str(made.folder))
        (folder / name).write_text(text)
    return folder


def test_systemd_finds_nothing_wrong_with_them(analyze, installed):
    done = subprocess.run(
        [analyze, "verify", "--man=no", *(installed / name for name in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    complaints = [line for line in done.stderr.splitlines() if "taskmix" in line]
    assert (done.returncode, complaints) == (0, []), done.stderr


def test_the_verifier_would_say_so_if_there_was(analyze, installed):
    broken = (installed / "taskmix.service").read_text().replace("Type=oneshot", "Type=once")
    (installed / "taskmix.service").write_text(broken.replace("ExecStart=", "ExecStart=/no/such"))
    done = subprocess.run(
        [analyze, "verify", "--man=no", installed / "taskmix.service"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "once" in done.stderr
    assert done.returncode != 0


def test_the_night_is_one_that_systemd_knows(analyze, unit):
    (when,) = unit("taskmix.timer")["Timer"]["OnCalendar"]
    done = subprocess.run(
        [analyze, "calendar", when, "--base-time=2026-11-07 12:00:00 UTC", "--iterations=1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "2026-12-01 02:30:00" in done.stdout


def test_the_service_is_hardened(analyze, installed):
    done = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=25", "--no-pager",
         installed / "taskmix.service"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-500:] + done.stderr


def test_3_and_1_are_both_failures_that_somebody_hears_of(unit):
    batch = unit("taskmix.service")
    assert batch["Unit"]["OnFailure"] == ["taskmix-failed.service"]
    assert batch["Service"]["Type"] == ["oneshot"]
    assert "SuccessExitStatus" not in batch["Service"]
    # The doctor's 1 is an answer, and must not set off an alert about the alert.
    assert unit("taskmix-failed.service")["Service"]["SuccessExitStatus"] == ["1"]


def test_logs_are_read_and_sorted_before_the_batch(unit):
    service = unit("taskmix.service")["Service"]
    before = [command.split()[1] for command in service["ExecStartPre"]]
    assert (before, service["ExecStart"][0].split()[1]) == (["ingest", "sort"], "batch")
    assert service["User"] == ["taskmix"]
    assert not any(value.startswith("TASKMIX_NOTIFY") for value in service["Environment"])


def test_units_are_plain_enough_for_any_reader(examples):
    for name in UNITS:
        parser = configparser.ConfigParser(strict=False, interpolation=None)
        parser.optionxform = str
        parser.read(examples / "systemd" / name)
        assert parser.sections()[0] == "Unit"
