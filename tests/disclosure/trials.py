"""Each attack twice, on the same simulated organisations: with a release plan, and without.

Target: execution's share in a hidden team. Loss: absolute points. Guess: the share of the smallest
group shown around it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import attacks
import numpy as np
import pandas as pd
from attacks import Published
from organisations import simulated

from taskmix.disclosure import Decision, Node, Released, decide
from taskmix.disclosure.cells import Cells
from taskmix.taxonomy import LABELS

SEEDS = (1, 2, 3)
PERIOD = "2026-Q4"
#: What an attack says, what a guess does, and the truth (0-1).
Told = tuple[float, float, float]


@dataclass(frozen=True)
class World:
    """An organisation, its plan, and what is published with it (``on``) and without (``off``)."""

    sums: pd.DataFrame
    plan: Sequence[Decision]
    on: Published
    off: Published


@dataclass(frozen=True)
class Trial:
    """By how many points an attack and a guess are off: the mean over organisations of means.

    ``n`` teams and periods were attacked in all; without any the rest is not a number.
    """

    n: int
    loss: float = float("nan")
    guess: float = float("nan")

    @property
    def gain(self) -> float:
        return self.guess - self.loss


@cache
def world(seed: int, teams: int = 16, *, away: bool = False, steady: bool = False) -> World:
    sums = simulated(seed, teams=teams, away=away, steady=steady)
    plan = decide(sums, period=PERIOD, min_people=10)
    return World(sums, plan, attacks.publish(sums, plan), attacks.publish_unprotected(sums, plan))


def played(by_organisation: Sequence[Sequence[Told]]) -> Trial:
    found = [np.array(pairs) for pairs in by_organisation if len(pairs)]
    if not found:
        return Trial(0)
    loss, guess = (
        100 * float(np.mean([np.abs(f[:, column] - f[:, 2]).mean() for f in found]))
        for column in (0, 1)
    )
    return Trial(sum(map(len, found)), loss, guess)


def on_and_off(
    worlds: Sequence[World], attack: Callable[[Published], dict[Node, float]]
) -> tuple[Trial, Trial]:
    on = played([attacks.compared(w.on, attack(w.on)) for w in worlds])
    return on, played([attacks.compared(w.off, attack(w.off)) for w in worlds])


def programme() -> tuple[Trial, Trial]:
    """Every eleventh hidden team and period: a programme each takes its time."""
    return on_and_off(
        [world(seed) for seed in SEEDS],
        lambda published: attacks.by_programme(published, sorted(published.hidden)[::11]),
    )


def nested() -> tuple[Trial, Trial]:
    return on_and_off([world(seed) for seed in SEEDS], attacks.by_nesting)


def headcounts() -> tuple[Trial, Trial]:
    return on_and_off([world(seed) for seed in SEEDS], attacks.by_headcount)


def months_of_a_quarter() -> tuple[Trial, Trial]:
    """Of teams of which fewer than ten people log in some months."""
    worlds = [world(seed, 8, away=True) for seed in SEEDS]
    few = {
        id(p): {d.node for d in w.plan if d.n_people < 10} for w in worlds for p in (w.on, w.off)
    }
    return on_and_off(
        worlds,
        lambda published: {
            node: said
            for node, said in attacks.by_time(published).items()
            if node in few[id(published)]
        },
    )


def month_to_month() -> tuple[Trial, Trial]:
    return _in_succession([world(seed) for seed in SEEDS])


def month_to_month_where_nothing_else_changes() -> tuple[Trial, Trial]:
    return _in_succession([world(4, 8, steady=True)])


def _in_succession(worlds: Sequence[World]) -> tuple[Trial, Trial]:
    on = played([attacks.by_succession(w.on, w.sums) for w in worlds])
    return on, played([attacks.by_succession(w.off, w.sums) for w in worlds])


@cache
def late_data() -> tuple[Trial, Trial]:
    """One person's hours come after a first page: the new page less the old."""
    both = [_late_in(world(seed)) for seed in SEEDS]
    return played([on for on, _ in both]), played([off for _, off in both])


def _late_in(first: World) -> tuple[list[Told], list[Told]]:
    late = first.sums[(first.sums["period"] == "2026-11") & (first.sums["team"] == "team 0")].head(
        5
    )
    true = late.set_index("label")["hours"].reindex(list(LABELS)).to_numpy()
    again = pd.concat([first.sums, late], ignore_index=True)
    cells = Cells.of(first.sums)
    nodes = cells.nodes({d.node.period for d in first.plan}, departments=True)
    released = [Released(d.node, 1, d.content) for d in first.plan if d.outcome == "shown"]
    second = decide(
        again, period=PERIOD, min_people=10, released=released,
        earlier=lambda entry: cells.people(nodes[entry.node]),
    )  # fmt: skip
    # Without the ledger the new page is made as if there had been no other.
    blind = decide(again, period=PERIOD, min_people=10)
    on, off = (
        [(attacks.share(left), attacks.share(whole), attacks.share(true))
         for left, whole in attacks.late_hours(first.on, attacks.publish(again, plan))]
        for plan in (second, blind)
    )  # fmt: skip
    return on, off


def counts_told() -> tuple[tuple[int, int], tuple[int, int]]:
    """Of how many small teams their number of people is told, of how many: with plans, without."""
    worlds = [world(seed) for seed in SEEDS]
    on, off = (
        np.sum([attacks.counted(published) for published in side], axis=0)
        for side in ([w.on for w in worlds], [w.off for w in worlds])
    )
    return (int(on[0]), int(on[1])), (int(off[0]), int(off[1]))


ATTACKS = {
    "linear programme over everything published": programme,
    "subtracting teams from their department, departments from the organisation": nested,
    "numbers of people, times what one logs": headcounts,
    "subtracting months from their quarter": months_of_a_quarter,
    "one month less the month before, where a few people came": month_to_month,
    "the same where everybody else logs exactly the same each month":
        month_to_month_where_nothing_else_changes,
    "late data: the new page less the old": late_data,
}  # fmt: skip
