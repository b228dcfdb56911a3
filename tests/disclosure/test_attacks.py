"""Attacks on simulated organisations whose truth is known: none beats a guess by 5 points.

With disclosure off, the very same attacks find what is hidden. `benchmarks/attacks.py` prints the
figures.
"""

import hashlib
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import attacks
import trials

pytestmark = pytest.mark.xdist_group("attacks")
POINTS = 5.0
#: Told less of a newcomer than the team's own share does, even where everything is published.
HARMLESS = "one month less the month before, where a few people came"
#: Of these a plan leaves nothing to subtract.
EMPTY = {"the same where everybody else logs exactly the same each month",
         "late data: the new page less the old"}  # fmt: skip


@pytest.mark.parametrize("name", trials.ATTACKS)
def test_no_attack_beats_a_guess_by_five_points_but_where_disclosure_is_off(name):
    on, off = trials.ATTACKS[name]()
    assert off.n >= 4
    assert (off.gain > POINTS) == (name != HARMLESS)
    if name in EMPTY:
        assert on.n == 0
    else:
        assert on.n > 10
        assert on.gain < POINTS


def test_without_the_ledger_late_hours_are_told_exactly():
    _, off = trials.late_data()
    assert off.loss < 1e-6


def test_no_small_team_is_counted_by_subtracting_but_where_disclosure_is_off():
    (told, n), (told_off, n_off) = trials.counts_told()
    assert n > 100
    assert told == 0
    assert told_off > n_off / 4


def test_a_programme_does_not_bound_what_is_too_small_within_a_fifth():
    for seed in trials.SEEDS:
        found = trials.world(seed)
        small = [d.node for d in found.plan if d.node in found.on.hidden and d.n_people < 10]
        assert len(small) > 15
        for node in sorted(small)[:: len(small) // 6]:
            hours = found.on.hours(node)
            low, high = attacks.bounds_by_programme(found.on, node)
            assert (low <= 0.8 * hours + 0.01).all()
            assert (high >= 1.2 * hours - 0.01).all()
            people = found.on.heads[found.on.hidden[node]].sum()
            low, high = attacks.bounds_by_programme(found.on, node, found.on.heads)
            assert low <= people - max(1.0, 0.2 * people) + 0.01
            assert high >= people + max(1.0, 0.2 * people) - 0.01


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
