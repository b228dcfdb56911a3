"""Every command has help with an example, is quick to answer, and exits as promised."""

import subprocess
import sys

import pytest

COMMANDS = (
    "init", "ingest", "sort", "report", "demo", "batch", "mapping", "intake", "quality",
    "evaluate", "explain", "models", "verify", "undo", "quarantine", "key", "my", "forget",
    "doctor", "prune", "queue",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(taskmix, command):
    made = taskmix(command, "--help")
    assert made.code == 0
    assert f"Example: taskmix {command}" in made.out


def test_help_lists_every_command(taskmix):
    text = taskmix("--help").out
    listed = [line.split()[0] for line in text.split("Commands:")[1].splitlines() if line.strip()]
    assert tuple(listed[: len(COMMANDS)]) == COMMANDS


def test_help_waits_for_no_heavy_library():
    heavy = "{'pandas', 'numpy', 'sklearn', 'plotly', 'duckdb', 'pydantic', 'papermill'}"
    code = f"import sys, taskmix.cli; sys.exit(len({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_usage_errors_exit_with_2(installed, taskmix):
    assert installed("nonsense").code == 2
    assert taskmix("report").code == 2
    assert taskmix("nonsense").code == 2
    assert taskmix("report", "--period", "2026", "-p", "novalue").code == 2


def test_outside_a_workspace_the_error_says_how_to_get_one(taskmix, tmp_path):
    for command in ("ingest", "sort"):
        made = taskmix(command, cwd=tmp_path)
        assert made.code == 1
        assert "taskmix init DIR" in made.err
        assert len(made.err.strip().splitlines()) == 1


def test_the_workspace_is_found_upwards(taskmix, tmp_path):
    taskmix("init", tmp_path / "w")
    made = taskmix("ingest", cwd=tmp_path / "w" / "notebooks")
    assert made.code == 1
    assert "holds no files" in made.err


def test_init_lays_the_workspace_out_and_never_over_another(taskmix, tmp_path):
    folder = tmp_path / 'an "odd" näme'
    assert taskmix("init", folder, "--personal", "--time-zone", "Europe/Berlin").code == 0
    text = (folder / "taskmix.toml").read_text()
    assert "personal = true" in text
    assert 'time_zone = "Europe/Berlin"' in text
    assert (folder / "notebooks" / "3_task_mix.ipynb").is_file()
    assert (folder / "data" / "analyst").stat().st_mode & 0o777 == 0o700
    again = taskmix("init", folder)
    assert again.code == 1
    assert "there is a workspace here already" in again.err
    assert (folder / "taskmix.toml").read_text() == text


def test_init_with_a_wrong_time_zone_leaves_no_workspace(taskmix, tmp_path):
    made = taskmix("init", tmp_path / "w", "--time-zone", "Mars/Olympus")
    assert made.code == 1
    assert "'Mars/Olympus' is no time zone" in made.err
    assert not (tmp_path / "w" / "taskmix.toml").exists()


def test_one_bad_file_does_not_keep_the_others_out(taskmix, tmp_path):
    taskmix("init", tmp_path / "w", "--personal")
    raw = tmp_path / "w" / "data" / "raw"
    header = "Description,Start date,Start time,End date,End time,Duration,Tags"
    row = "Write,2026-01-05,09:00:00,2026-01-05,10:00:00,01:00:00,"
    (raw / "good.csv").write_text(f"{header}\n{row}\n")
    (raw / "bad.csv").write_bytes(b"")
    made = taskmix("ingest", "--project", tmp_path / "w", "--json")
    assert made.code == 1
    assert "bad.csv: the file is empty" in made.err
    assert made.json["accepted"] == 1


def test_version_is_told(taskmix):
    assert taskmix("--version").out.startswith("taskmix ")
