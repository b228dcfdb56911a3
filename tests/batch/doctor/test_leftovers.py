"""Locks that are held, and what killed commands leave."""

from filelock import FileLock

from taskmix.batch.doctor.leftovers import leftovers


def test_the_file_of_a_lock_that_nobody_holds_is_nothing(settings):
    (settings.processed / ".lock").touch()
    assert leftovers(settings).state == "ok"


def test_a_held_lock_is_a_warning_and_hides_what_its_holder_is_writing(settings):
    (settings.reports / ".staging-2026-Q3").mkdir()
    with FileLock(settings.reports / ".lock"):
        found = leftovers(settings)
    assert found.state == "warning"
    assert found.found == "another taskmix command is at work: it holds reports/.lock"


def test_half_written_files_and_folders_of_killed_runs_are_named(settings):
    (settings.reports / ".staging-2026-Q3").mkdir()
    (settings.reports / "2026-Q3").mkdir()
    (settings.reports / "2026-Q3" / ".3_task_mix.html-k2j3").write_text("half")
    (settings.processed / ".key.fingerprint.part").write_text("half")
    (settings.reports / ".gitkeep").touch()
    found = leftovers(settings)
    assert found.state == "warning"
    assert found.found == (
        "left by a command that was killed: data/processed/.key.fingerprint.part, "
        "reports/.staging-2026-Q3, reports/2026-Q3/.3_task_mix.html-k2j3"
    )
    assert found.todo.startswith("remove it")
