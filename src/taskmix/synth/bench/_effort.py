"""Hours of a full week that each team expects, month by month: from parameters alone."""

from dataclasses import dataclass

import numpy as np

from taskmix.synth.bench._teams import FULL_WEEK, Teams

#: What a task is drawn as. Overseeing AI is a part of its own, whatever its category.
PARTS: tuple[str, ...] = ("execution", "judgment", "creative", "connective", "oversight")
#: Kinds of overseeing AI: chance, number of the category, and whether AI takes part itself.
OVERSIGHT: tuple[tuple[str, float, int, bool], ...] = (
    ("prompting", 0.27, 0, True),
    ("rework", 0.18, 0, True),
    ("waiting", 0.15, 0, True),
    ("checking", 0.40, 1, False),
)
#: Part of oversight that is execution; the rest is judgment.
OVERSIGHT_EXECUTES = 0.6
#: At full adoption: execution tasks done by AI alone, and by a person with AI.
ALONE, TOGETHER = 0.30, 0.45
#: At full adoption: tasks done with AI, by category, where they are not execution.
WITH_AI = np.array([0.0, 0.30, 0.40, 0.10, 0.0])


@dataclass(frozen=True)
class Effort:
    """What the parameters say of every team and month.

    Attributes
    ----------
    adoption : numpy.ndarray
        Team × month, 0–1.
    hours : numpy.ndarray
        Team × month × `PARTS`: human hours of a full-time person's full week.
    released : numpy.ndarray
        Team × month: execution's hours of such a week that AI has released.
    gone_to : numpy.ndarray
        Team × month × `DESTINATIONS`: where they went; sums to `released`.
    """

    adoption: np.ndarray
    hours: np.ndarray
    released: np.ndarray
    gone_to: np.ndarray

    @property
    def shares(self) -> np.ndarray:
        """Shares of human hours, team × month × `PARTS`."""
        return self.hours / self.hours.sum(axis=2, keepdims=True)

    def with_ai(self) -> np.ndarray:
        """Chance that a task is done with AI, team × month × `PARTS` (oversight by its kind).

        Chosen so that of all units of execution (AI's own among them) exactly
        ``adoption × TOGETHER`` are done with AI, the execution within oversight included.
        """
        chance = self.adoption[:, :, None] * WITH_AI
        overseen = OVERSIGHT_EXECUTES * self.hours[:, :, 4]
        of_people = self.adoption * TOGETHER / (1 - self.adoption * ALONE)
        wanted = of_people * (self.hours[:, :, 0] + overseen) - overseen
        chance[:, :, 0] = wanted / self.hours[:, :, 0]
        return chance

    def touched(self) -> np.ndarray:
        """Human hours of a full week that AI has a part in (oversight too), team × month."""
        return np.asarray((self.hours * self.with_ai()).sum(axis=2) + self.hours[:, :, 4])

    def units_by_ai(self) -> np.ndarray:
        """Tasks by AI alone for each execution task of a person, team × month."""
        return self.adoption * ALONE / (1 - self.adoption * ALONE)


def by_category(hours: np.ndarray) -> np.ndarray:
    """Count hours of `PARTS` by category, overseeing AI in its own: team × month × category."""
    counted = hours[:, :, :4].copy()
    counted[:, :, 0] += OVERSIGHT_EXECUTES * hours[:, :, 4]
    counted[:, :, 1] += (1 - OVERSIGHT_EXECUTES) * hours[:, :, 4]
    return counted


def expect_effort(teams: Teams, *, months: int, effect: float) -> Effort:
    """Derive the hours of a full week from the teams' parameters.

    Parameters
    ----------
    effect
        Scales what AI releases: 1 as the teams' parameters say, 0 nothing.
    """
    month = np.arange(months)
    # The curve of a team that never adopts is missing, its ceiling 0.
    curve = 1 / (1 + np.exp((teams.midpoint[:, None] - month) / teams.width[:, None]))
    adoption = np.where(teams.never[:, None], 0.0, teams.ceiling[:, None] * curve)
    base = FULL_WEEK * teams.mix
    released = effect * teams.releasable[:, None] * adoption * base[:, :1]
    gone_to = released[:, :, None] * teams.destinations[:, None, :]
    hours = np.zeros((len(teams), months, len(PARTS)))
    hours[:, :, :4] = base[:, None, :]
    hours[:, :, 0] -= released
    hours[:, :, 1:] += gone_to[:, :, :4]
    return Effort(adoption, hours, released, gone_to)
