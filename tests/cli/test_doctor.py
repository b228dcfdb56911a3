"""``taskmix doctor`` as people and scripts run it."""

import os
import subprocess
import sys
from pathlib import Path

TASKMIX = Path(sys.executable).parent / "taskmix"


def test_a_workspace_in_order_exits_with_0(taskmix, tmp_path):
    taskmix("init", tmp_path / "w")
    made = taskmix("doctor", "--project", tmp_path / "w", "--json")
    assert made.code == 0, made.out
    assert made.json["project"] == str(tmp_path / "w")
    assert made.json["faults"] == 0
    assert {"code", "title", "state", "found", "todo"} == set(made.json["checks"][0])
    states = {check["code"]: check["state"] for check in made.json["checks"]}
    assert states["kernel"] == states["notebooks"] == states["analyst"] == "ok"
    assert made.err == ""


def test_a_fault_exits_with_1_and_says_what_to_do(taskmix, tmp_path):
    taskmix("init", tmp_path / "w")
    (tmp_path / "w" / "data" / "analyst").chmod(0o755)
    made = taskmix("doctor", cwd=tmp_path / "w")
    assert made.code == 1
    lines = made.out.splitlines()
    (at,) = [n for n, line in enumerate(lines) if line.startswith("fault    analyst")]
    assert lines[at + 1].strip() == f"→ run `chmod 700 {tmp_path / 'w' / 'data' / 'analyst'}`"
    assert lines[-1].startswith("1 fault")
    assert "Traceback" not in made.err


def test_outside_a_workspace_the_installation_is_checked(taskmix, tmp_path):
    made = taskmix("doctor", "--json", cwd=tmp_path)
    assert made.code == 0, made.out
    assert "no workspace here; only the installation was checked" in made.out
    assert made.json["project"] is None


def test_a_folder_named_for_a_workspace_has_to_be_one(taskmix, tmp_path):
    made = taskmix("doctor", "--project", tmp_path, "--json")
    assert made.code == 1
    assert made.json["faults"] == 1
    assert "taskmix init DIR" in made.out


def test_an_installation_that_cannot_be_imported_is_one_clean_line(tmp_path):
    (tmp_path / "papermill.py").write_text("import no_such_part_of_it\n")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    made = subprocess.run(
        [TASKMIX, "doctor"], capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    assert made.returncode == 1
    assert made.stderr.startswith("taskmix: the installation is broken: No module named 'no_such")
    assert len(made.stderr.splitlines()) == 1
