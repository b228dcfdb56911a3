"""Whether the intervals hold what they promise, tried on an invented log whose truth is known."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from taskmix.batch.trials.auditing import AUDIT_SIZE
from taskmix.batch.trials.controls import naive_shares, without_people
from taskmix.batch.trials.redrawn import Trial, redraw_audits, redraw_people
from taskmix.batch.trials.smallteams import redraw_for_teams
from taskmix.batch.trials.world import World, make_world
from taskmix.errors import MeasureError
from taskmix.taxonomy import CATEGORIES

#: Intervals promise to hold the truth so often.
PROMISED = 0.95
#: The fewest replicates that tell anything.
MIN_REPLICATES = 50
#: What a run has to keep to: mean coverage over the categories from … to, and each at least; of
#: the usual run and of a long one.
_USUAL, _LONG = (0.925, 0.975, 0.91), (0.94, 0.97, 0.93)
_USUAL_REPLICATES, _LONG_REPLICATES = 400, 2_000
#: What intervals that were not earned must stay under.
_CONTROLS = {"classify_and_count": 0.60, "tags_as_gold": 0.30, "variance_without_people": 0.88}
#: Trials of teams cost twenty estimates a replicate, so they are a part of the others.
_TEAMS_A_REPLICATE = 0.25

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Bound:
    """One thing that must hold.

    Attributes
    ----------
    name : str
    value, low, high : float
        Coverage (0–1), and what it has to lie between.
    """

    name: str
    value: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether it does."""
        return self.low <= self.value <= self.high


@dataclass(frozen=True)
class Verification:
    """What the trials found.

    Attributes
    ----------
    replicates, seed : int
    world : World
        The invented log.
    shares : Trial
        Audits redrawn on the same logs: the shares of a period.
    changes : Trial
        People redrawn with their logs, and audits of both periods: the change between them.
    own, composite : Trial
        Teams with 20 answers or more, and smaller ones.
    controls : dict of str to float
        Mean coverage of what must fail.
    people_counted : float
        Mean coverage of the third control's estimates with the variance that counts people.
    bounds : tuple of Bound
    """

    replicates: int
    seed: int
    world: World
    shares: Trial
    changes: Trial
    own: Trial
    composite: Trial
    controls: dict[str, float]
    people_counted: float
    bounds: tuple[Bound, ...]

    @property
    def holds(self) -> bool:
        """Whether all bounds hold."""
        return all(bound.holds for bound in self.bounds)

    def figures(self) -> dict[str, object]:
        """Return everything as plain JSON values; coverage 0–1, bias and width as shares."""
        return {
            "holds": self.holds,
            "replicates": self.replicates,
            "seed": self.seed,
            "audit_size": AUDIT_SIZE,
            "n_people": int(self.world.tasks["person"].nunique()),
            "n_tasks": len(self.world.tasks),
            "n_tags_learned": self.world.n_learned,
            "sorter_accuracy": self.world.accuracy,
            **_summary(self.shares),
            "changes": _summary(self.changes),
            "teams": {"own": _summary(self.own), "composite": _summary(self.composite)},
            "controls": self.controls,
            "variance_over_people": self.people_counted,
            "failed": [
                {"name": b.name, "value": b.value, "low": b.low, "high": b.high}
                for b in self.bounds
                if not b.holds
            ],
        }


def verify(
    *, replicates: int = 400, seed: int = 0, people: int = 600, progress: Progress | None = None
) -> Verification:
    """Redraw audits and people many times, and count how often the intervals hold the truth.

    An organisation is invented whose people do not tag at random, whose titles change their words
    as AI comes, and whose busiest people answer least. A sorter is fitted on the tags of its first
    months. Then audits are drawn by the design of ``taskmix queue draw`` and estimated by
    `taskmix.measures.estimation`, again and again.

    Parameters
    ----------
    replicates : int
        How often; from 2,000 on the bounds are narrower, below 400 they are as much wider as
        chance is.
    seed : int
        The same seed, the same figures.
    people : int
        Size of the organisation.
    progress : callable, optional
        Is called with what is being done, how far it is and how much it is in all.

    Raises
    ------
    MeasureError
        If there are fewer than 50 replicates.
    """
    if replicates < MIN_REPLICATES:
        raise MeasureError(
            f"replicates is {replicates}; fewer than {MIN_REPLICATES} tell nothing of coverage"
        )
    n_teams = round(_TEAMS_A_REPLICATE * replicates)
    n_controls = min(replicates, _USUAL_REPLICATES)
    show = _Counter(progress, total=2 * replicates + n_teams + 2 * n_controls)
    show.say("inventing an organisation and fitting a sorter")
    world = make_world(people=people, seed=seed)
    rngs = [np.random.default_rng([seed, number]) for number in range(5)]
    shares = redraw_audits(
        world, replicates=replicates, rng=rngs[0], step=show.doing("redrawing audits")
    )
    changes = redraw_people(
        world, replicates=replicates, rng=rngs[1], step=show.doing("redrawing people")
    )
    own, composite = redraw_for_teams(
        world, replicates=n_teams, rng=rngs[2], step=show.doing("estimating teams")
    )
    counted, tagged = naive_shares(
        world, replicates=n_controls, rng=rngs[3], step=show.doing("what must fail")
    )
    ignored, over_people = without_people(
        world, replicates=n_controls, rng=rngs[4], step=show.doing("what must fail")
    )
    missed = (counted, tagged, ignored)
    controls = {
        name: float(trial.coverage().mean()) for name, trial in zip(_CONTROLS, missed, strict=True)
    }
    return Verification(
        replicates=replicates, seed=seed, world=world, shares=shares, changes=changes, own=own,
        composite=composite, controls=controls,
        people_counted=float(over_people.coverage().mean()),
        bounds=_bounds(shares, changes, controls, replicates=replicates),
    )  # fmt: skip


class _Counter:
    """Counts the replicates of all trials together."""

    def __init__(self, progress: Progress | None, *, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def say(self, text: str) -> None:
        if self._progress is not None:
            self._progress(text, self._done, self._total)

    def doing(self, text: str) -> Callable[[int], None]:
        def step(n: int) -> None:
            self._done += n
            self.say(text)

        return step


def _bounds(
    shares: Trial, changes: Trial, controls: dict[str, float], *, replicates: int
) -> tuple[Bound, ...]:
    low, high, least = _LONG if replicates >= _LONG_REPLICATES else _USUAL
    room = 2 * (_chance(replicates) - _chance(_USUAL_REPLICATES))
    room = room if replicates < _USUAL_REPLICATES else 0.0
    bounds = []
    for what, trial in (("shares", shares), ("changes", changes)):
        coverage = trial.coverage()
        bounds.append(Bound(f"{what}, mean", float(coverage.mean()), low - room, high + room))
        bounds += [
            Bound(f"{what}, {category}", float(value), least - room, 1.0)
            for category, value in zip(CATEGORIES, coverage, strict=True)
        ]
    return (
        *bounds,
        *(Bound(name, controls[name], 0.0, most) for name, most in _CONTROLS.items()),
    )


def _chance(replicates: int) -> float:
    """Return the standard error of a coverage."""
    return float(np.sqrt(PROMISED * (1 - PROMISED) / replicates))


def _summary(trial: Trial) -> dict[str, dict[str, float]]:
    """Return coverage, bias and width by category, and their mean (of bias: of its size)."""
    coverage, bias, width = trial.coverage(), trial.bias(), trial.width()
    means = {"coverage": coverage.mean(), "bias": np.abs(bias).mean(), "width": width.mean()}
    return {
        name: {
            **{c: float(v) for c, v in zip(CATEGORIES, values, strict=True)},
            "mean": float(means[name]),
        }
        for name, values in (("coverage", coverage), ("bias", bias), ("width", width))
    }
