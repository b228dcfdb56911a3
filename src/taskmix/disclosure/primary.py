"""What a group has to be, whatever else is published: large, mixed, and nobody's alone."""

from taskmix.disclosure.cells import Tally
from taskmix.language import noted

TOO_FEW = noted("fewer people than the minimum")
DOMINATED = noted("one person has more than half of the hours")
ONE_SIDED = noted("a share of exactly 0% or 100%")
NESTED = noted("a larger group differs from it by too few people")
PROTECTS = noted("protects a smaller group")
CHANGED = noted("its data changed since it was published")
STEADY = noted("only a few people's hours changed since the period before")
REASONS = (TOO_FEW, DOMINATED, ONE_SIDED, NESTED, STEADY, PROTECTS, CHANGED)

#: More of a group's hours than this, and its figures are one person's.
_MOST_OF_ONE = 0.5
#: What the order of adding up may leave of a share that is 0 or 1.
_TINY = 1e-12


def why_not(tally: Tally, *, min_people: int, whole: bool = False) -> str:
    """Say why a group may not be shown; empty where it may.

    Parameters
    ----------
    tally : Tally
    min_people : int
        1 shows everything: a personal workspace.
    whole : bool
        True for the organisation, of which a share of 0% or 100% is shown: it lies in nothing
        larger to be shown instead.
    """
    if min_people == 1:
        return ""
    if tally.n_people < min_people:
        return TOO_FEW
    if tally.largest > _MOST_OF_ONE:
        return DOMINATED
    shares = tally.shares
    # Where the sorter had a say no share is ever exactly 0: this is for what people tagged.
    if not whole and len(shares) and (shares.min() <= _TINY or shares.max() >= 1 - _TINY):
        return ONE_SIDED
    return ""
