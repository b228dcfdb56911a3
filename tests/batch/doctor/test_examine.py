"""All checks together: one that finds a fault keeps no other from being looked at."""

import sys

import pytest

from taskmix.batch.doctor import examine
from taskmix.batch.doctor.verdict import Check, ok

PERSON, TITLE = "Ana Ruiz", "Fire the contractor"
#: Not the function of the same name, which its package shows.
MODULE = sys.modules["taskmix.batch.doctor.examine"]


@pytest.fixture(autouse=True)
def _without_kernel(monkeypatch):
    """Leave out the check that takes seconds; it has tests of its own."""
    quick = tuple(check for check in MODULE.INSTALLATION if check.code != "kernel")
    monkeypatch.setattr(MODULE, "INSTALLATION", quick)


def states(seen):
    return {finding.code: finding.state for finding in seen.findings}


def test_everything_is_looked_at_in_order_and_told_of(settings):
    steps = []
    seen = examine(settings.project, progress=lambda *step: steps.append(step))
    codes = [finding.code for finding in seen.findings]
    assert codes == [
        "python", "packages", "time-zones", "readers", "exporter", "chromium", "workspace",
        "folders", "space", "analyst", "key", "roster", "named-readers", "calendars", "privacy",
        "tables", "fresh", "sorted", "notebooks", "site", "leftovers", "notify",
    ]  # fmt: skip
    assert (seen.project, seen.count("fault")) == (settings.project, 0)
    assert steps[0] == ("Python", 0, 21)
    assert steps[-1] == ("Messages", 20, 21)


def test_every_check_has_a_code_of_its_own():
    checks = (*MODULE.INSTALLATION, *MODULE.WORKSPACE, MODULE.ONLINE)
    assert len({check.code for check in checks}) == len(checks)


def test_the_network_is_asked_only_if_that_is_wanted(settings):
    assert "online" not in states(examine(settings.project))
    assert states(examine(settings.project, online=True))["online"] == "ok"


def test_without_a_workspace_the_installation_is_checked(tmp_path):
    seen = examine(tmp_path)
    assert seen.project is None
    assert states(seen)["workspace"] == "warning"
    assert "folders" not in states(seen)
    assert states(examine(tmp_path, must_be_workspace=True))["workspace"] == "fault"
    assert states(examine(tmp_path / "typo", must_be_workspace=True))["workspace"] == "fault"


def test_several_faults_are_all_told(settings):
    settings.analyst.chmod(0o755)
    settings.roster.write_text("nonsense\n")
    (settings.project / "notebooks" / "2_sorting.ipynb").write_text("{")
    seen = examine(settings.project)
    assert {c for c, state in states(seen).items() if state == "fault"} == {
        "analyst", "roster", "notebooks",
    }  # fmt: skip
    assert all(f.todo for f in seen.findings if f.state != "ok")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[workspace]\ntime_zone = 'Mars/Base'\n", "'Mars/Base' is no time zone"),
        ("[workspace\n", "no valid TOML (at line 1, column 11)"),
        (f"[performer.person]\n'{PERSON}' = 'robot'\n", "performer.person: Input should be"),
        (f"[readers.ics]\nperson = ['{PERSON}']\n", "readers.ics: Input should be a valid string"),
        (f"[notify]\nsmtp_pasword = '{TITLE}'\n", "notify.smtp_pasword: "),
        (f"[performer]\nperson.'{PERSON}' = 'ai'\nperson.'{PERSON}' = 'ai'\n", "no valid TOML (at"),
        (f"[notify]\npassword = '{TITLE}'\n", "notify.password holds a secret"),
    ],
)
def test_wrong_settings_are_a_fault_that_quotes_nobody(settings, text, sentence):
    (settings.project / "taskmix.toml").write_text(text)
    seen = examine(settings.project)
    (found,) = [finding for finding in seen.findings if finding.code == "workspace"]
    assert found.state == "fault"
    assert sentence in found.found
    assert PERSON not in found.found
    assert TITLE not in found.found


def test_a_wrong_variable_is_named(settings, monkeypatch):
    monkeypatch.setenv("TASKMIX_PRIVACY__MIN_PEOPLE", "2")
    (found,) = [f for f in examine(settings.project).findings if f.code == "workspace"]
    assert found.state == "fault"
    assert "taskmix.toml and TASKMIX_PRIVACY__MIN_PEOPLE: privacy.min_people: Input" in found.found


def test_what_may_not_be_opened_is_a_fault_and_the_rest_is_looked_at(settings, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied", "/some/file")

    checks = (Check("first", "First", refuse), Check("second", "Second", lambda _: ok("fine")))
    monkeypatch.setattr(MODULE, "WORKSPACE", checks)
    first, second = examine(settings.project).findings[-2:]
    assert (first.state, first.found) == (
        "fault", "/some/file: cannot be looked at (Permission denied)",
    )  # fmt: skip
    assert second.found == "fine"


def test_a_defect_of_a_check_is_not_taken_for_a_fault(settings, monkeypatch):
    checks = (Check("first", "First", lambda _: 1 / 0),)
    monkeypatch.setattr(MODULE, "WORKSPACE", checks)
    with pytest.raises(ZeroDivisionError, match="by zero"):
        examine(settings.project)


def test_nothing_is_written_and_nobody_is_named(settings, publish):
    publish(settings, "team-red", status="failed")
    settings.roster.write_text(f"person,team\n{PERSON},red\n")
    before = {p: p.stat().st_mtime_ns for p in settings.project.rglob("*")}
    seen = examine(settings.project)
    assert {p: p.stat().st_mtime_ns for p in settings.project.rglob("*")} == before
    for finding in seen.findings:
        assert PERSON not in finding.found + finding.todo
        assert TITLE not in finding.found + finding.todo
