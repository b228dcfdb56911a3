"""Attacks on simulated organisations whose truth is known: none beats a guess by 5 points.

Target: execution's share in a hidden team. Loss: absolute points. Guess: the share of the smallest
group shown around it. With disclosure off, the very same attacks find what is hidden.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from taskmix.disclosure import Released, decide
from taskmix.disclosure.cells import Cells
from taskmix.taxonomy import LABELS

sys.path.insert(0, str(Path(__file__).parent))
import attacks

pytestmark = pytest.mark.xdist_group("attacks")
SEEDS = (1, 2, 3)
POINTS = 0.05


@pytest.fixture(scope="module")
def organisations(make_simulated):
    made = [make_simulated(seed) for seed in SEEDS]
    return [(sums, decide(sums, period="2026-Q4", min_people=10)) for sums in made]


@pytest.fixture(scope="module")
def protected(organisations):
    return [attacks.publish(sums, decisions) for sums, decisions in organisations]


@pytest.fixture(scope="module")
def unprotected(organisations):
    return [attacks.publish_unprotected(sums, decisions) for sums, decisions in organisations]


def some(published):
    """Every eleventh hidden team and period: a programme each takes its time."""
    return sorted(published.hidden)[::11]


def test_a_programme_over_everything_published_does_not_beat_a_guess(protected, unprotected):
    gains = [attacks.gain(p, attacks.by_programme(p, some(p))) for p in protected]
    assert np.mean(gains) < POINTS
    off = [attacks.gain(p, attacks.by_programme(p, some(p))) for p in unprotected]
    assert np.mean(off) > POINTS


def test_a_programme_does_not_bound_what_is_too_small_within_a_fifth(organisations, protected):
    for (_, decisions), published in zip(organisations, protected, strict=True):
        small = [d.node for d in decisions if d.node in published.hidden and d.n_people < 10]
        assert len(small) > 15
        for node in sorted(small)[:: len(small) // 6]:
            hours = published.hours(node)
            low, high = attacks.bounds_by_programme(published, node)
            assert (low <= 0.8 * hours + 0.01).all()
            assert (high >= 1.2 * hours - 0.01).all()


def test_subtracting_nested_groups_does_not_beat_a_guess(protected, unprotected):
    assert np.mean([attacks.gain(p, attacks.by_nesting(p)) for p in protected]) < POINTS
    assert np.mean([attacks.gain(p, attacks.by_nesting(p)) for p in unprotected]) > POINTS


def test_subtracting_months_from_their_quarter_does_not_beat_a_guess(make_simulated):
    made = [make_simulated(seed, teams=8, away=True) for seed in SEEDS]
    plans = [decide(sums, period="2026-Q4", min_people=10) for sums in made]
    on = [attacks.publish(sums, plan) for sums, plan in zip(made, plans, strict=True)]
    off = [attacks.publish_unprotected(sums, plan) for sums, plan in zip(made, plans, strict=True)]
    few = [{d.node for d in plan if d.n_people < 10} for plan in plans]
    assert gain_over_time(on, few) < POINTS
    assert gain_over_time(off, few) > POINTS


def gain_over_time(published, few):
    told = [attacks.by_time(p) for p in published]
    told = [{n: v for n, v in t.items() if n in f} for t, f in zip(told, few, strict=True)]
    assert sum(map(len, told)) > 10
    return np.mean([attacks.gain(p, t) for p, t in zip(published, told, strict=True)])


def gain_over_months(found):
    told, guess, true = np.array(found).T
    return np.mean(np.abs(guess - true)) - np.mean(np.abs(told - true))


def test_subtracting_a_month_from_the_next_does_not_beat_a_guess(organisations, protected):
    found = [
        pair
        for (sums, _), published in zip(organisations, protected, strict=True)
        for pair in attacks.by_succession(published, sums)
    ]
    assert len(found) > 10
    assert gain_over_months(found) < POINTS


def test_months_in_which_nothing_else_changed_are_hidden(make_simulated):
    sums = make_simulated(4, teams=8, steady=True)
    decisions = decide(sums, period="2026-Q4", min_people=10)
    off = attacks.by_succession(attacks.publish_unprotected(sums, decisions), sums)
    assert gain_over_months(off) > POINTS
    assert attacks.by_succession(attacks.publish(sums, decisions), sums) == []


def test_late_data_of_one_person_cannot_be_read_off_two_pages(organisations):
    sums, first = organisations[0]
    late = sums[(sums["period"] == "2026-11") & (sums["team"] == "team 0")].head(5)
    assert late["person"].nunique() == 1
    again = pd.concat([sums, late], ignore_index=True)
    cells = Cells.of(sums)
    nodes = cells.nodes({d.node.period for d in first}, departments=True)
    released = [Released(d.node, 1, d.content) for d in first if d.outcome == "shown"]
    second = decide(
        again, period="2026-Q4", min_people=10, released=released,
        earlier=lambda entry: cells.people(nodes[entry.node]),
    )  # fmt: skip
    before = attacks.publish(sums, first)
    assert lateness(before, attacks.publish(again, second)) == []
    # Without the ledger the difference is what that person logged, exactly.
    off = lateness(before, attacks.publish(again, decide(again, period="2026-Q4", min_people=10)))
    assert len(off) >= 4
    true = late.set_index("label")["hours"].reindex(list(LABELS)).to_numpy()
    assert all(np.allclose(left, true) for left in off)


def lateness(before, after):
    """What the shown groups of both pages differ by, where they differ."""
    both = [n for n in after.shown if n in before.shown and n.kind != "merged"]
    left = [after.hours(node) - before.hours(node) for node in both]
    return [one for one in left if np.abs(one).max() > 1e-6]


def test_names_are_found_from_a_plain_hash_and_not_from_our_pseudonyms(give_key, tmp_path):
    from taskmix.settings import Settings  # noqa: PLC0415

    key = give_key(Settings(project=tmp_path))
    names = ["Ana Rossi", "Bo Lind", "Chris Doe"]
    dictionary = [*names, "Dana Fox"]
    plain = {hashlib.sha256(name.casefold().encode()).hexdigest() for name in names}
    assert [
        n for n in dictionary if hashlib.sha256(n.casefold().encode()).hexdigest() in plain
    ] == names
    ours = {key.pseudonym(name) for name in names}
    tried = {
        made
        for name in dictionary
        for text in (name, name.casefold())
        for algorithm in ("sha256", "sha1", "md5", "blake2b", "sha512")
        for made in [hashlib.new(algorithm, text.encode()).hexdigest()]
    }
    assert not any(one.removeprefix("p-") in other for one in ours for other in tried)
    assert {key.pseudonym(name) for name in dictionary} >= ours
