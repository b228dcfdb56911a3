"""``taskmix verify``: the short form of CI, as its users run it."""

import json

import numpy as np
import pandas as pd
import pytest
import typer

from taskmix.batch import verify
from taskmix.cli import verify as command
from taskmix.taxonomy import CATEGORIES

pytestmark = pytest.mark.xdist_group("verify")


@pytest.fixture(scope="module")
def made(taskmix):
    return taskmix("verify", "--replicates", "400", "--json")


def test_intervals_hold_the_truth_as_often_as_they_promise(made):
    assert made.code == 0, made.out + made.err
    figures = made.json
    for trial in (figures, figures["changes"]):
        coverage = trial["coverage"]
        assert 0.925 <= coverage["mean"] <= 0.975
        assert all(coverage[category] >= 0.91 for category in CATEGORIES)
        assert max(abs(trial["bias"][category]) for category in CATEGORIES) < 0.01
    assert figures["width"]["mean"] < 0.09
    assert figures["failed"] == []


def test_intervals_that_were_not_earned_fail(made):
    controls = made.json["controls"]
    assert controls["classify_and_count"] < 0.6
    assert controls["tags_as_gold"] < 0.3
    assert controls["variance_without_people"] < 0.88
    # The same estimates with the variance that counts people.
    assert made.json["variance_over_people"] > 0.915


def test_teams_are_covered_too(made):
    teams = made.json["teams"]
    assert teams["own"]["coverage"]["mean"] > 0.92
    assert teams["composite"]["coverage"]["mean"] > 0.92


def test_the_table_says_what_was_asked_and_what_came_of_it(made):
    lines = made.out.splitlines()
    assert lines[0].startswith("400 replicates, audits of 400 tasks in a log of ")
    assert any(line.startswith("changes, mean") for line in lines)
    assert any(line.startswith("tags as gold") and "below 30.0%" in line for line in lines)
    assert lines[-2] == "All bounds hold."
    assert made.err == ""


def test_what_does_not_hold_is_named_and_exits_with_1(monkeypatch, capsys):
    half = np.full((2, 4), 0.5)
    trial = verify.Trial(half, half, half, half)
    tasks = pd.DataFrame({"person": [1, 2, 2]})
    found = verify.Verification(
        replicates=50, seed=0, world=verify.World(tasks, n_learned=9, accuracy=0.7), shares=trial,
        changes=trial, own=trial, composite=trial, controls={}, people_counted=1.0,
        bounds=(verify.Bound("shares, mean", 0.8, 0.925, 0.975),),
    )  # fmt: skip
    asked = {}
    monkeypatch.setattr(verify, "verify", lambda **options: asked.update(options) or found)
    with pytest.raises(typer.Exit) as left:
        command.verify(replicates=50, seed=7, json=True)
    assert (asked["replicates"], asked["seed"]) == (50, 7)
    assert left.value.exit_code == 1
    out = capsys.readouterr().out.splitlines()
    assert any(
        " ".join(line.split()) == "shares, mean 80.0% 92.5% to 97.5% DOES NOT HOLD" for line in out
    )
    assert out[-2] == "1 of 1 bounds do not hold."
    assert json.loads(out[-1])["failed"] == [
        {"name": "shares, mean", "value": 0.8, "low": 0.925, "high": 0.975}
    ]
