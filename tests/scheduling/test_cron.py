"""The crontab, run as cron would run it: it prints, and so mails, only what is wrong."""

import os
import re
import subprocess

import pytest

BATCH = "batch --period last-month --workers 2 --require-complete 0.95 --log lines"


@pytest.fixture
def crontab(examples):
    """The crontab's variables and its lines: times → command."""
    variables, lines = {}, {}
    for line in (examples / "cron" / "taskmix.crontab").read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if set_to := re.fullmatch(r"([A-Z_]+)=(.*)", line):
            variables[set_to[1]] = set_to[2]
        else:
            *times, command = line.split(maxsplit=5)
            lines[" ".join(times)] = command
    return variables, lines


@pytest.fixture
def run(crontab, stand_in, tmp_path):
    """Run a line by cron's shell; gives the stand-in, and what would be mailed."""

    def by_cron(times, **codes):
        variables, lines = crontab
        made = stand_in(**codes)
        (tmp_path / "log").touch()
        env = {
            **variables, "WORKSPACE": str(tmp_path), "LOG": str(tmp_path / "log"),
            "PATH": f"{made.folder}:{os.environ['PATH']}",
        }  # fmt: skip
        done = subprocess.run(
            [variables["SHELL"], "-c", lines[times]],
            capture_output=True, text=True, env=env, cwd=tmp_path, check=False,
        )  # fmt: skip
        return made, done.stdout + done.stderr

    return by_cron


def test_it_has_the_two_lines_and_what_cron_needs(crontab):
    variables, lines = crontab
    assert list(lines) == ["30 2 1-7 * *", "0 7 * * 1"]
    assert variables["PATH"].startswith("/opt/taskmix/bin:")
    assert "@" in variables["MAILTO"]
    # taskmix would take such a variable for a setting, and refuse it.
    assert not [name for name in variables if name.startswith("TASKMIX_")]
    # cron takes a bare % for the end of the line.
    assert not [command for command in lines.values() if "%" in command]


def test_a_night_on_which_all_is_well_mails_nothing(run, tmp_path):
    made, mailed = run("30 2 1-7 * *")
    assert mailed == ""
    assert made.calls == ["ingest", "sort", BATCH]
    logged = (tmp_path / "log").read_text().splitlines()
    assert logged == [
        f"{how} by {verb}" for verb in ("ingest", "sort", "batch") for how in ("said", "noted")
    ]


@pytest.mark.parametrize(
    ("codes", "sentence", "calls"),
    [
        ({"batch": 3}, "taskmix: some reports failed, their pages from before stay; see ", 3),
        ({"batch": 1}, "taskmix: the batch did not start; see ", 3),
        ({"ingest": 1}, "taskmix: the batch did not start; see ", 1),
        ({"sort": 1}, "taskmix: the batch did not start; see ", 2),
    ],
)
def test_what_went_wrong_is_one_mailed_sentence_and_no_log(run, codes, sentence, calls):
    made, mailed = run("30 2 1-7 * *", **codes)
    assert mailed.startswith(sentence)
    assert len(mailed.splitlines()) == 1
    assert "said by" not in mailed
    assert len(made.calls) == calls


def test_the_doctor_is_mailed_only_where_there_is_a_fault(run, tmp_path):
    made, mailed = run("0 7 * * 1")
    assert mailed == ""
    assert made.calls == [f"doctor --project {tmp_path}"]
    _, mailed = run("0 7 * * 1", doctor=1)
    assert mailed == "said by doctor\nnoted by doctor\n"
