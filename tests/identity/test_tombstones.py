"""Who was forgotten is known again by every name, and no name is kept."""

import hashlib
import json

import pytest

from taskmix.errors import KeyFileError, StoreError
from taskmix.identity import (
    NOBODY,
    Key,
    bury,
    close_tombstone,
    load_key,
    read_tombstones,
    tombstones_path,
)
from taskmix.settings import load_settings

NAMES = ("Ana Ruiz", "ana@example.org", "emp-0042")


@pytest.fixture
def settings(tmp_path, give_key):
    (tmp_path / "taskmix.toml").write_text("")
    settings = load_settings(tmp_path)
    give_key(settings)
    return settings


@pytest.fixture
def key(settings):
    return load_key(settings, create=False)


@pytest.fixture
def buried(settings, key):
    return bury(
        settings, key, names=NAMES, pseudonyms=map(key.pseudonym, NAMES), at="2026-11-22"
    )  # fmt: skip


def test_where_nobody_was_forgotten_there_is_no_file_and_nobody_is_covered(settings, key):
    found = read_tombstones(settings, key)
    assert not found
    assert found == NOBODY
    assert not found.covers("Ana Ruiz")
    assert found.mask("Ana Ruiz") == "Ana Ruiz"


@pytest.mark.parametrize("name", [*NAMES, " ANA  ruiz", "Ana@Example.ORG"])
def test_every_name_of_a_person_is_covered_however_it_is_written(settings, key, buried, name):
    found = read_tombstones(settings, key)
    assert found.covers(name)
    assert found.find(name) == buried


def test_nobody_else_is_covered(settings, key, buried):
    found = read_tombstones(settings, key)
    assert not any(map(found.covers, ["Ana", "Ruiz", "Ana Ruiz Diaz", "emp-004", ""]))


def test_the_file_holds_neither_names_nor_pseudonyms_and_is_its_owners_alone(settings, key, buried):
    path = tombstones_path(settings)
    text = path.read_text()
    for name in NAMES:
        assert name.casefold() not in text.casefold()
        assert key.pseudonym(name).removeprefix("p-") not in text
        # A dictionary of names reverses a digest without a key.
        assert hashlib.sha256(name.casefold().encode()).hexdigest()[:8] not in text
    assert path.stat().st_mode & 0o777 == 0o600
    assert not list(path.parent.glob("*.part"))


def test_another_key_makes_other_digests(settings, key, buried):
    other = Key(b"another", key.fingerprint)
    assert not read_tombstones(settings, other).covers("Ana Ruiz")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("2026/Ana_Ruiz-toggl.csv", "2026/{ana}-toggl.csv"),
        ("with ana@example.org; bo@example.org", "with {mail}; bo@example.org"),
        ("ANA RUIZ, emp-0042", "{ana}, {id}"),
        ("Ana called Ruiz about emp-00421", "Ana called Ruiz about emp-00421"),
        ("", ""),
    ],
)
def test_a_name_in_a_text_is_masked_and_what_only_looks_like_one_is_not(
    settings, key, buried, text, masked
):
    found = read_tombstones(settings, key)
    marks = dict(zip(("ana", "mail", "id"), map(found.mask, NAMES), strict=True))
    assert len(set(marks.values())) == 3
    assert all(mark.startswith("forgotten-") and len(mark) == 14 for mark in marks.values())
    assert found.mask(text) == masked.format(**marks)


def test_a_forgetting_that_was_cut_off_is_taken_up_and_closed_once(settings, key, buried):
    assert not buried.done
    again = bury(
        settings, key, names=["Ana R."], pseudonyms=map(key.pseudonym, ["Ana R.", "Ana Ruiz"]),
        at="2026-11-23",
    )  # fmt: skip
    close_tombstone(settings, key, again, roster_rows=2)
    found = read_tombstones(settings, key)
    assert len(found.stones) == 1
    assert found.find("Ana R.") == found.find("emp-0042")
    assert (found.stones[0].done, found.stones[0].roster_rows) == (True, 2)


def test_a_log_begun_anew_with_another_key_still_knows_who_was_forgotten(settings, key, buried):
    secret = bytes(32)
    made = hashlib.sha256(b"taskmix key fingerprint\x00" + secret).hexdigest()[:16]
    found = read_tombstones(settings, Key(secret, made))
    assert found.covers("ana ruiz")
    assert not found.covers("bo")


def test_with_the_key_of_a_tombstone_lost_nobody_can_slip_in(settings, key, buried):
    key_file = settings.key_folder / f"{key.fingerprint}.key"
    kept = key_file.read_text()
    key_file.unlink()
    try:
        with pytest.raises(KeyFileError, match=r"copy it from your backup to this place"):
            read_tombstones(settings, Key(b"new", "0" * 16))
    finally:
        key_file.write_text(kept)
        key_file.chmod(0o600)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"forgotten": [{"at": 1}]}'])
def test_a_damaged_file_is_refused_since_it_would_let_people_back(settings, key, text):
    path = tombstones_path(settings)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    with pytest.raises(StoreError, match=r"forgotten.json: cannot be read .* from a backup"):
        read_tombstones(settings, key)


def test_the_file_says_what_it_is_for(settings, key, buried):
    held = json.loads(tombstones_path(settings).read_text())
    assert "cannot bring them back" in held["about"]
    assert held["forgotten"][0]["at"] == "2026-11-22"
