"""The workflow: its structure, and its steps run as a runner would run them."""

import os
import subprocess

import pytest
import yaml


@pytest.fixture
def workflow(examples):
    read = yaml.safe_load((examples / "github-actions" / "taskmix.yml").read_text())
    # YAML 1.1 takes the key `on` for a truth value.
    read["on"] = read.pop(True)
    return read


@pytest.fixture
def steps(workflow):
    return {step.get("id", step["name"]): step for step in workflow["jobs"]["reports"]["steps"]}


def test_it_runs_by_the_clock_and_by_hand_one_at_a_time(workflow):
    assert workflow["on"]["schedule"] == [{"cron": "30 2 1-7 * *"}]
    assert workflow["on"]["workflow_dispatch"]["inputs"]["period"]["default"] == "last-month"
    assert workflow["concurrency"] == {"group": "taskmix", "cancel-in-progress": False}
    assert workflow["permissions"] == {"contents": "read"}


def test_logs_stay_on_a_runner_of_ones_own_and_secrets_in_the_vault(workflow):
    job = workflow["jobs"]["reports"]
    assert "self-hosted" in job["runs-on"]
    assert job["env"]["TASKMIX_NOTIFY__WEBHOOK"] == "${{ secrets.TASKMIX_WEBHOOK }}"


def test_what_somebody_types_never_becomes_part_of_a_script(steps):
    assert not [step for step in steps.values() if "${{" in step.get("run", "")]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0, ""),
        (3, "::error::some reports failed; their pages from before stay on the site"),
        (1, "::error::the batch did not start; nothing was published"),
    ],
)
def test_the_step_ends_as_the_batch_did_and_hands_its_code_on(
    steps, stand_in, tmp_path, code, said
):
    made = stand_in(batch=code)
    (tmp_path / "output").touch()
    done = subprocess.run(
        # As a runner calls `shell: bash`.
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps["batch"]["run"]],
        capture_output=True, text=True, check=False,
        env={"PATH": f"{made.folder}:{os.environ['PATH']}", "PERIOD": "2026-09",
             "GITHUB_OUTPUT": str(tmp_path / "output")},
    )  # fmt: skip
    assert done.returncode == code
    assert (tmp_path / "output").read_text() == f"code={code}\n"
    assert made.calls == [
        "batch --period 2026-09 --workers 2 --require-complete 0.95 --log lines"
    ]  # fmt: skip
    assert [line for line in done.stdout.splitlines() if line.startswith("::")] == (
        [said] if said else []
    )


def test_the_site_is_handed_out_after_0_and_3_and_not_after_1(steps):
    upload = steps["Hand out the site"]
    condition = upload["if"].removeprefix("${{").removesuffix("}}").strip()
    python = condition.replace("!cancelled()", "True").replace("&&", "and").replace("||", "or")
    decided = {
        code: eval(python.replace("steps.batch.outputs.code", repr(code)), {})
        for code in ("0", "1", "3", "")
    }
    assert decided == {"0": True, "1": False, "3": True, "": False}
    # Published pages alone: not the log, not the analyst's folder.
    assert upload["with"]["path"] == "/srv/taskmix/atlas/reports"


def test_no_step_swallows_a_failure(steps):
    assert not [step for step in steps.values() if "continue-on-error" in step]
