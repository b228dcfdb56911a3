"""Targets: shares that can sum to 1, a team's own in place of all others'."""

import pytest

from taskmix.errors import SettingsError
from taskmix.settings import load_settings

WHOLE = "execution = 0.3\njudgment = 0.35\ncreative = 0.15\nconnective = 0.2\n"


@pytest.fixture
def load(tmp_path):
    def write(text: str):
        (tmp_path / "taskmix.toml").write_text(text)
        return load_settings(tmp_path).targets

    return write


def test_without_targets_nobody_wants_anything(load):
    targets = load("")
    assert targets.of_team(None) == {}
    assert targets.of_team("Design") == {}


def test_one_share_stands_for_both_ends_of_its_range(load):
    assert load(f"[targets]\n{WHOLE}").of_team(None) == {
        "execution": (0.3, 0.3),
        "judgment": (0.35, 0.35),
        "creative": (0.15, 0.15),
        "connective": (0.2, 0.2),
    }


def test_a_teams_own_mix_stands_whole_in_place_of_the_general_one(load):
    targets = load(f'[targets]\n{WHOLE}[targets.teams."R&D"]\ncreative = [0.4, 0.5]\n')
    assert targets.of_team("R&D") == {"creative": (0.4, 0.5)}
    assert targets.of_team("Design")["creative"] == (0.15, 0.15)
    assert targets.of_team(None)["creative"] == (0.15, 0.15)


def test_three_shares_leave_the_rest_to_the_fourth(load):
    assert len(load("[targets]\nexecution = 0\njudgment = 0.5\ncreative = 0.5\n").wanted) == 3


def test_thirds_written_with_two_decimals_sum_to_one(load):
    thirds = "execution = 0.33\njudgment = 0.33\ncreative = 0.33\nconnective = 0.01\n"
    assert load(f"[targets]\n{thirds}").wanted["connective"] == (0.01, 0.01)
    assert load("[targets]\nexecution = 0.334\njudgment = 0.334\ncreative = 0.334\n").wanted


FAULTS = {
    "sum": (WHOLE.replace("0.3\n", "0.4\n", 1), r"targets: the shares of a mix sum to 1; .* 1.10"),
    "too little": (WHOLE.replace("0.2", "0.1"), r"targets: the shares of a mix sum to 1; .* 0.90"),
    "low ends": ("execution = [0.6, 0.8]\ncreative = [0.5, 0.9]\n", r"sum to 1.10 to 1.70"),
    "percent": ("execution = 30\n", r"targets.execution: write one share between 0.*found 30"),
    "order": ("execution = [0.3, 0.2]\n", r"targets.execution: .* such as \[0.2, 0.3\]"),
    "three ends": ("execution = [0.1, 0.2, 0.3]\n", r"targets.execution: write one share"),
    "text": ("execution = '0.3'\n", r"targets.execution: write one share"),
    "truth": ("execution = true\n", r"targets.execution: write one share"),
    "not a number": ("execution = nan\n", r"targets.execution: write one share"),
    "category": ("excution = 0.3\n", r"targets.excution: unknown setting \(found 0.3\)"),
    "team's key": ("[targets.teams.Design]\ncreativ = 0.3\n",
                   r"targets.teams.Design.creativ: unknown setting"),
    "team's sum": (f"[targets.teams.Design]\n{WHOLE.replace('0.2', '0.3')}",
                   r"targets.teams.Design: the shares of a mix sum to 1"),
    "team beside teams": ("[targets.Design]\ncreative = 0.3\n", r"targets.Design: unknown setting"),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_a_mix_that_cannot_be_is_an_error(what, load):
    text, sentence = FAULTS[what]
    with pytest.raises(SettingsError, match=sentence):
        load(f"[targets]\n{text}")


def test_a_variable_sets_a_target(load, monkeypatch):
    monkeypatch.setenv("TASKMIX_TARGETS__EXECUTION", "0.25")
    monkeypatch.setenv("TASKMIX_TARGETS__CREATIVE", "[0.1, 0.2]")
    assert load("").wanted == {"execution": (0.25, 0.25), "creative": (0.1, 0.2)}
