import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskmix.report import team_folder


@pytest.mark.parametrize(
    "name", ["../../etc", "צוות\u202e", "x" * 300, "", "Design", "con ", "a/b\\c", "\ud800", ".."]
)
def test_a_teams_folder_is_safe_as_a_path(name):
    assert re.fullmatch(r"team-[a-z0-9-]{1,40}_[0-9a-f]{8}", team_folder(name))


def test_plain_names_are_kept():
    assert team_folder("data-platform2") == "team-data-platform2"
    assert team_folder(None) == "organisation"


@given(st.lists(st.text(max_size=50), unique=True, max_size=8))
def test_different_teams_never_share_a_folder(names):
    folders = [team_folder(name) for name in names]
    assert len({folder.casefold() for folder in folders}) == len(names)


def test_names_that_look_like_another_teams_folder_are_told_apart():
    hashed = team_folder("Design").removeprefix("team-")
    assert team_folder(hashed) != team_folder("Design")
    assert team_folder("organisation") != team_folder(None)
