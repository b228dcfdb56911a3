"""A name means the one person whom roster, tables or files know by it."""

import shutil

import pytest

from taskmix.batch.person import UnknownPersonError, find_person
from taskmix.errors import KeyFileError
from taskmix.identity import bury, load_key
from taskmix.ingest import ingest
from taskmix.settings import load_settings

# One worker makes the workspace, and runs all tests on copies of it.
pytestmark = pytest.mark.xdist_group("person")

HEADER = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
    "Duration,Tags"
)
ROW = "{},{},,Site,,Work,No,2026-07-06,09:00:00,2026-07-06,10:00:00,01:00:00,"
ROSTER = "person,aliases\nemp-1,ana@x.org; Ana R.\nemp-2,bo@x.org\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory, give_key):
    """Ana under two names, Bo, and two people called Kim who are not in the roster."""
    project = tmp_path_factory.mktemp("person") / "w"
    (project / "data" / "raw").mkdir(parents=True)
    (project / "taskmix.toml").write_text("")
    settings = load_settings(project)
    give_key(settings)
    settings.roster.write_text(ROSTER)
    people = [("Ana", "ana@x.org"), ("Ana", "Ana R."), ("Bo", "bo@x.org"), ("Kim", "kim1@x.org"),
              ("Kim", "kim2@x.org"), ("Lee", "lee@x.org")]  # fmt: skip
    (settings.raw / "t.csv").write_text("\n".join([HEADER, *(ROW.format(*who) for who in people)]))
    ingest(settings)
    return project


@pytest.fixture
def settings(made, tmp_path):
    """A copy of the workspace, which a test may change."""
    return load_settings(shutil.copytree(made, tmp_path / "copy"))


@pytest.fixture
def known_as(settings):
    return load_key(settings, create=False).pseudonym


@pytest.mark.parametrize("name", ["emp-1", "ANA@x.org", " ana  r. "])
def test_any_name_of_the_roster_means_the_person_with_all_names(settings, known_as, name):
    found = find_person(settings, name)
    assert found.in_roster
    assert {"emp-1", "ana@x.org", "ana r."} <= {n.casefold() for n in found.names}
    assert found.pseudonyms[0] == known_as("emp-1")
    assert set(found.pseudonyms) == {known_as(n) for n in ("emp-1", "ana@x.org", "ana r.")}


def test_who_is_not_in_the_roster_is_known_by_the_name_in_the_file(settings, known_as):
    found = find_person(settings, "lee@x.org")
    assert (found.in_roster, found.pseudonyms) == (False, (known_as("lee@x.org"),))


def test_a_display_name_in_a_file_means_whom_it_stands_beside(settings, known_as):
    found = find_person(settings, "lee")
    assert set(found.names) == {"lee", "lee@x.org"}
    assert found.pseudonyms[0] == known_as("lee@x.org")


def test_two_people_of_one_display_name_are_not_taken_for_one(settings):
    with pytest.raises(
        UnknownPersonError, match=r"2 people are called 'kim' .*: kim1@x.org, kim2@x.org; name one"
    ):
        find_person(settings, "kim")


def test_names_that_only_the_log_joins_are_followed_but_not_to_whom_the_roster_knows(
    settings, known_as
):
    # The roster that joined them is gone, and another one says whose ana@x.org is.
    settings.roster.write_text("person,aliases\nemp-9,ana@x.org\n")
    found = find_person(settings, "emp-1")
    assert set(found.pseudonyms) == {known_as("emp-1"), known_as("ana r.")}


@pytest.mark.parametrize("name", ["nobody", "emp-3", "p-0000000000000000", "x" * 100])
def test_an_unknown_name_is_refused_with_the_places_that_were_looked_at(settings, name):
    with pytest.raises(UnknownPersonError, match=r"people.csv \(5 names\).*processed.*data.raw"):
        find_person(settings, name)


def test_a_blank_name_is_no_name(settings):
    with pytest.raises(UnknownPersonError, match=r"the name is blank"):
        find_person(settings, "  ")


def test_who_was_forgotten_is_known_by_the_tombstone(settings, known_as):
    key = load_key(settings, create=False)
    bury(settings, key, names=["Old"], pseudonyms=[known_as("Old")], at="2026-11-22")
    assert find_person(settings, "old").stone.at == "2026-11-22"
    assert find_person(settings, "emp-1").stone is None


def test_without_the_key_nobody_is_found_by_a_guess(settings):
    path = settings.key_folder / f"{load_key(settings, create=False).fingerprint}.key"
    kept = path.read_text()
    path.unlink()
    try:
        with pytest.raises(KeyFileError, match=r"copy it from your backup"):
            find_person(settings, "emp-1")
    finally:
        path.write_text(kept)
        path.chmod(0o600)
