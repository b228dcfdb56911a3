"""The key: outside the workspace, its own, and nothing is written without it."""

import os
import stat

import pytest

from taskmix.errors import KeyFileError
from taskmix.identity import Key, describe_key, load_key
from taskmix.settings import load_settings


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "taskmix.toml").write_text("")
    return load_settings(tmp_path / "work")


def key_file(settings):
    return next(settings.key_folder.glob("*.key"))


def test_a_key_is_made_once_outside_the_workspace_for_its_owner_alone(settings):
    first = load_key(settings, create=True)
    assert load_key(settings, create=True) == first == load_key(settings, create=False)
    path = key_file(settings)
    assert path == first.path
    assert not path.is_relative_to(settings.project)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    inside = b"".join(p.read_bytes() for p in settings.project.rglob("*") if p.is_file())
    assert first.secret.hex().encode() not in inside
    assert first.fingerprint.encode() in inside
    assert first.secret.hex() not in repr(first)


def test_two_workspaces_have_two_keys(settings, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "taskmix.toml").write_text("")
    mine, theirs = load_key(settings, create=True), load_key(load_settings(other), create=True)
    assert mine.pseudonym("ana") != theirs.pseudonym("ana")


def test_a_pseudonym_is_the_keyed_digest_of_the_name():
    import hashlib  # noqa: PLC0415
    import hmac  # noqa: PLC0415

    key = Key(b"k" * 32, "f")
    digest = hmac.new(b"k" * 32, b"ana ruiz", hashlib.sha256).hexdigest()
    assert key.pseudonym(" Ana  RUIZ") == "p-" + digest[:16]


def test_a_key_that_only_tries_something_is_not_kept(settings):
    assert load_key(settings, create=False).path is None
    assert not settings.key_folder.exists()
    assert not settings.processed.exists()
    assert describe_key(settings) == {"made": False, "folder": str(settings.key_folder)}


def lose(path):
    path.unlink()


def swap(path):
    path.write_text("00" * 32)


def garble(path):
    path.write_text("no key at all")


def open_to_all(path):
    path.chmod(0o644)


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lose, r"the key of this workspace .* is not here; copy it from your backup"),
        (swap, r"holds another key \(fingerprint [0-9a-f]{16}\) than the workspace's"),
        (garble, r"is no key of taskmix; restore it"),
        (open_to_all, r"others may read this key; run `chmod 600"),
    ],
)
def test_a_lost_or_wrong_key_is_an_error(harm, sentence, settings):
    load_key(settings, create=True)
    harm(key_file(settings))
    for create in (True, False):
        with pytest.raises(KeyFileError, match=sentence):
            load_key(settings, create=create)
    with pytest.raises(KeyFileError, match=sentence):
        describe_key(settings)


def test_a_log_without_its_fingerprint_gets_no_new_key(settings):
    load_key(settings, create=True)
    (settings.processed / "tasks" / "_delta_log").mkdir(parents=True)
    (settings.processed / "key.fingerprint").unlink()
    with pytest.raises(KeyFileError, match=r"key.fingerprint: is missing, though the workspace"):
        load_key(settings, create=True)


def test_a_key_folder_inside_the_workspace_is_refused(settings):
    text = f'[privacy]\nkey_folder = "{settings.project / "keys"}"\n'
    (settings.project / "taskmix.toml").write_text(text)
    with pytest.raises(KeyFileError, match=r"the key must lie outside the workspace"):
        load_key(load_settings(settings.project), create=True)


def test_a_folder_that_cannot_be_written_is_named(settings):
    if os.geteuid() == 0:
        settings.key_folder.parent.mkdir(parents=True)
        settings.key_folder.write_text("a file where the folder should be")
    else:
        settings.key_folder.parent.mkdir(parents=True, mode=0o500)
    with pytest.raises(KeyFileError, match=r"cannot be kept .*set \[privacy\] key_folder"):
        load_key(settings, create=True)
