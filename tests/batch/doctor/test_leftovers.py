"""Locks that are held, and what killed commands leave."""

from filelock import FileLock

from taskmix.batch.doctor.leftovers import leftovers


def test_the_file_of_a_lock_that_nobody_holds_is_nothing_and_stays_as_it_is(settings):
    kept = [settings.processed / ".lock", settings.reports / "requirements.lock"]
    for path in kept:
        path.write_text("kept")
    assert leftovers(settings).state == "ok"
    assert [path.read_text() for path in kept] == ["kept", "kept"]


def test_a_held_lock_is_a_warning_and_hides_what_its_holder_is_writing(settings):
    (settings.reports / ".staging-2026-Q3").mkdir()
    with FileLock(settings.reports / ".lock"), FileLock(settings.analyst / ".batch.lock"):
        found = leftovers(settings)
    assert found.state == "warning"
    assert found.found == (
        "another taskmix command is at work: it holds reports/.lock, data/analyst/.batch.lock"
    )


def test_half_written_files_and_folders_of_killed_runs_are_named(settings):
    (settings.reports / ".next-2026-Q3" / "team-red").mkdir(parents=True)
    (settings.reports / ".next-2026-Q3" / "team-red" / ".index.html-a1").write_text("half")
    (settings.reports / "2026-Q3").mkdir()
    (settings.reports / "2026-Q3" / ".3_task_mix.html-k2j3").write_text("half")
    (settings.analyst / ".staging-x").mkdir()
    (settings.analyst / ".batch" / "2026-Q2").mkdir(parents=True)
    (settings.processed / ".key.fingerprint.part").write_text("half")
    (settings.reports / ".gitkeep").touch()
    found = leftovers(settings)
    assert found.state == "warning"
    assert found.found == (
        "left by a command that was killed: data/analyst/.batch/2026-Q2, data/analyst/.staging-x, "
        "data/processed/.key.fingerprint.part, reports/.next-2026-Q3, "
        "reports/2026-Q3/.3_task_mix.html-k2j3"
    )
    assert "run the same command again" in found.todo
