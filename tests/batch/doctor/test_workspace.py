"""Folders, space, key and roster of a workspace, each in order and each wrong."""

import shutil
from types import SimpleNamespace

import pytest

from taskmix.batch import init_workspace
from taskmix.batch.doctor import workspace
from taskmix.settings import load_settings

PERSON = "Ana Ruiz"
CHECKS = (
    workspace.folders, workspace.space, workspace.analyst_folder, workspace.key, workspace.roster,
    workspace.named_readers, workspace.calendars, workspace.privacy,
)  # fmt: skip


@pytest.mark.parametrize("look", CHECKS)
def test_a_workspace_in_order_is_said_to_be(look, settings):
    assert look(settings).state == "ok", look(settings).found
    assert look(settings).todo == ""


@pytest.mark.parametrize("look", CHECKS)
def test_so_is_one_that_was_only_just_made(look, tmp_path):
    settings = init_workspace(tmp_path / "new")
    for folder in (settings.processed, settings.analyst, settings.reports):
        folder.rmdir()
    assert look(settings).state == "ok", look(settings).found


def test_what_lies_in_the_way_of_a_folder_is_a_fault(settings):
    shutil.rmtree(settings.reports)
    settings.reports.write_text("in the way")
    found = workspace.folders(settings)
    assert (found.state, found.found) == (
        "fault", "cannot be written to: reports (Not a directory)",
    )  # fmt: skip


def test_a_folder_that_may_not_be_written_to_is_a_fault(settings, monkeypatch):
    def refuse(dir):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(workspace.tempfile, "TemporaryFile", refuse)
    found = workspace.folders(settings)
    assert found.found.startswith("cannot be written to: data/processed (Permission denied), data/")


@pytest.mark.parametrize(("free", "state"), [(100e6, "fault"), (1e9, "warning"), (1e11, "ok")])
def test_little_space_is_told_before_it_is_none(settings, monkeypatch, free, state):
    monkeypatch.setattr(workspace.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    found = workspace.space(settings)
    assert found.state == state
    assert found.found == f"{free / 1e6:,.0f} MB are left for the workspace"


def test_an_open_folder_of_the_analyst_is_a_fault(settings):
    settings.analyst.chmod(0o755)
    found = workspace.analyst_folder(settings)
    assert found.state == "fault"
    assert "others may open data/analyst (mode 0755)" in found.found
    assert found.todo == f"run `chmod 700 {settings.analyst}`"


def key_file(settings):
    fingerprint = (settings.processed / "key.fingerprint").read_text().strip()
    return settings.key_folder / f"{fingerprint}.key"


@pytest.fixture
def own_keys(settings, tmp_path, monkeypatch):
    """The workspace with a folder of keys of its own, which a test may harm."""
    folder = shutil.copytree(settings.key_folder, tmp_path / "keys")
    folder.chmod(0o700)
    monkeypatch.setenv("TASKMIX_PRIVACY__KEY_FOLDER", str(folder))
    return load_settings(settings.project)


def test_tables_without_their_key_are_a_fault(own_keys):
    key_file(own_keys).unlink()
    found = workspace.key(own_keys)
    assert found.state == "fault"
    assert "the key of this workspace" in found.found
    assert "copy it from your backup" in found.found


def test_tables_that_name_no_key_are_a_fault(own_keys):
    (own_keys.processed / "key.fingerprint").unlink()
    found = workspace.key(own_keys)
    assert found.state == "fault"
    assert "is missing, though the workspace holds a log" in found.found


def test_a_key_that_others_may_read_is_a_fault_and_is_not_printed(own_keys):
    secret = key_file(own_keys).read_text().strip()
    key_file(own_keys).chmod(0o644)
    found = workspace.key(own_keys)
    assert found.state == "fault"
    assert "others may read this key" in found.found
    assert secret not in found.found


def test_a_folder_of_keys_that_others_may_write_to_is_a_warning(own_keys):
    own_keys.key_folder.chmod(0o777)
    found = workspace.key(own_keys)
    assert found.state == "warning"
    assert found.todo == f"run `chmod 700 {own_keys.key_folder}`"


def test_a_key_inside_the_workspace_is_a_fault(own_keys, monkeypatch):
    inside = shutil.copytree(own_keys.key_folder, own_keys.project / "keys")
    monkeypatch.setenv("TASKMIX_PRIVACY__KEY_FOLDER", str(inside))
    found = workspace.key(load_settings(own_keys.project))
    assert found.state == "fault"
    assert "the key lies inside the workspace" in found.found


def test_a_roster_that_contradicts_itself_is_a_fault_without_names(settings):
    settings.roster.write_text(f"person,aliases\nBo Berg,x@y\n{PERSON},x@y\n")
    found = workspace.roster(settings)
    assert found.state == "fault"
    assert found.found == "people.csv cannot be read as it stands (line 3)"
    assert "taskmix ingest --dry-run" in found.todo
    settings.roster.write_text(f"{PERSON},team\n")
    assert workspace.roster(settings).found == "people.csv cannot be read as it stands"


def test_a_roster_is_counted(settings):
    settings.roster.write_text(f"person,team\n{PERSON},red\nBo Berg,blue\n")
    assert workspace.roster(settings).found == "people.csv can be read: 2 people"
    settings.roster.unlink()
    assert workspace.roster(settings).found.startswith("people.csv names nobody")


def test_settings_of_a_reader_that_there_is_not_are_a_fault(settings):
    with (settings.project / "taskmix.toml").open("a") as file:
        file.write("\n[readers.togl]\ndecimal = ','\n")
    found = workspace.named_readers(load_settings(settings.project))
    assert found.state == "fault"
    assert "[readers.togl] in taskmix.toml names no reader; there are clockify" in found.found


def test_calendars_that_nothing_can_read_are_a_warning(settings, monkeypatch):
    (settings.raw / "ana.ics").write_text("BEGIN:VCALENDAR")
    monkeypatch.setattr(workspace, "find_spec", lambda _: None)
    found = workspace.calendars(settings)
    assert found.state == "warning"
    assert found.found.startswith("1 calendars lie in data/raw")
    assert "ana" not in found.found
    monkeypatch.setattr(workspace, "find_spec", lambda _: object())
    assert workspace.calendars(settings).found == "calendars can be read"


def test_a_personal_workspace_is_told_as_one(tmp_path):
    settings = init_workspace(tmp_path / "own", personal=True)
    assert workspace.privacy(settings).found.startswith("a personal workspace")
