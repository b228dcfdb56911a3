"""What a batch is asked for, and who is told how it goes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from taskmix.batch.summary import ReportOutcome
from taskmix.batch.warm.work import TIME_LIMIT


@dataclass(frozen=True)
class Options:
    """What a batch is asked for.

    Attributes
    ----------
    period : str
        As `taskmix.measures.choose_scope` reads it.
    teams, notebooks : sequence of str, optional
        Some of them; see `taskmix.batch.overnight.due.plan_due`.
    parameters : mapping of str to str
        Further parameters; each notebook gets those that it declares.
    n_workers : int
        How many notebooks run at once.
    force : bool
        Run what is up to date too.
    least_complete : float
        The part (0–1) of people's working days that the log has to hold; 0 asks for nothing.
    time_limit : float
        Seconds that a notebook may take.
    wait : float
        Seconds to wait for another batch of the workspace.
    pdf : bool
        Print each page to a PDF beside it.
    """

    period: str
    teams: Sequence[str] | None = None
    notebooks: Sequence[str] | None = None
    parameters: Mapping[str, str] | None = None
    n_workers: int = 2
    force: bool = False
    least_complete: float = 0.0
    time_limit: float = TIME_LIMIT
    wait: float = 0.0
    pdf: bool = False


@dataclass(frozen=True)
class Watching:
    """Who is told how a batch goes.

    Attributes
    ----------
    planned : callable of int
        Told how many pages are to be made.
    ended : callable of ReportOutcome
        Told of each report that ended.
    """

    planned: Callable[[int], None] = lambda _: None
    ended: Callable[[ReportOutcome], None] = lambda _: None
