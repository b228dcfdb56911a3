"""The mix that an organisation and its teams want: ``[targets]``."""

from typing import Any

from pydantic import Field, field_validator, model_validator

from taskmix.settings.mapping import Table
from taskmix.taxonomy import CATEGORIES

#: Lowest and highest wanted share, 0–1; the same twice where one share is wanted.
Wanted = tuple[float, float]
#: Shares are written with two decimals: four of them may miss 1 by this much.
_ROUNDING = 0.005


class TargetMix(Table):
    """A wanted mix of human hours: a share, or a range of shares, for each category.

    A category that is left out may take what remains.

    Attributes
    ----------
    execution, judgment, creative, connective : (float, float), optional
        Lowest and highest wanted share, 0–1. One number in the file stands for both.

    Examples
    --------
    >>> TargetMix(execution=0.3, creative=[0.15, 0.25]).wanted
    {'execution': (0.3, 0.3), 'creative': (0.15, 0.25)}
    """

    execution: Wanted | None = None
    judgment: Wanted | None = None
    creative: Wanted | None = None
    connective: Wanted | None = None

    @field_validator(*CATEGORIES, mode="before")
    @classmethod
    def _as_range(cls, value: Any) -> Any:
        pair = value if isinstance(value, list | tuple) else [value, value]
        if len(pair) != 2 or not all(_is_share(end) for end in pair) or pair[0] > pair[1]:
            raise ValueError(
                "write one share between 0 and 1, such as 0.3, or the lowest and the highest one, "
                "such as [0.2, 0.3]"
            )
        return (float(pair[0]), float(pair[1]))

    @model_validator(mode="after")
    def _can_sum_to_one(self) -> "TargetMix":
        wanted = self.wanted
        if not wanted:
            return self
        low = sum(low for low, _ in wanted.values())
        high = sum(high for _, high in wanted.values())
        # What is left out can take any rest, but not a negative one.
        high = high if len(wanted) == len(CATEGORIES) else max(high, 1.0)
        if low > 1 + _ROUNDING or high < 1 - _ROUNDING:
            found = f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}"
            raise ValueError(f"the shares of a mix sum to 1; these sum to {found}")
        return self

    @property
    def wanted(self) -> dict[str, Wanted]:
        """Category → lowest and highest wanted share, of the categories that are named."""
        found = {category: getattr(self, category) for category in CATEGORIES}
        return {category: pair for category, pair in found.items() if pair is not None}


class Targets(TargetMix):
    """``[targets]``: the mix that is wanted, of all and of single teams.

    Attributes
    ----------
    teams : dict of str to TargetMix
        ``[targets.teams.NAME]``: a team's own mix. It stands in place of the general one, whole.
    """

    teams: dict[str, TargetMix] = Field(default_factory=dict)

    def of_team(self, team: str | None) -> dict[str, Wanted]:
        """Return what a team wants, or all teams together; empty where nothing is wanted.

        Parameters
        ----------
        team : str or None
            None for all teams together, whose mix is the general one.
        """
        return self.wanted if team is None else self.teams.get(team, self).wanted


def _is_share(value: object) -> bool:
    # True is a number to Python and no share to anybody.
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
