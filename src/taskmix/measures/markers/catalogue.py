"""What each marker is, what it stands on, and what it must be read beside."""

from dataclasses import dataclass

import pandas as pd

#: The fewest tasks of a person for a marker of variety, and the days before it counts as new.
MIN_TASKS, HISTORY_DAYS = 40, 180
#: The fewest tasks with AI of a group for guiding AI, and for rework, which is rarer. Tasks differ
#: in length, so that n of them tell as much as n / 1.35 equal ones: with 200 the standard error of
#: a share is 4 points at most, with 600 that of a share of 5% is 1 point.
MIN_AI_TASKS, MIN_RARE_TASKS = 200, 600
#: Logged days of a month for which collaborators are counted.
TIE_DAYS = 5
_DAYS = "with {min_days} logged days"
_TASKS = f"with {{min_days}} logged days and {MIN_TASKS} tasks"
_CLOCK = "with {min_days} days on the clock"


@dataclass(frozen=True)
class Marker:
    """A condition of meaningful work that a log can show. Neither of its ends is the good one.

    Attributes
    ----------
    name : str
        As in the column ``marker``.
    title : str
        For a page.
    formula : str
        In words.
    unit : str
        ``share`` (0–1), or what is counted.
    of : str
        What a value is of, as a sentence goes on after it.
    verdict : str
        How sound it is.
    caveat : str
        What it does not say.
    minimum : str
        The least data, besides ten people of twenty logged days each.
    counterweight : str
        The marker to read it beside; a log knows not all of them, see `beside`.
    beside : str
        Why, in words.
    of_labels : bool
        Stands on the sorter's labels: no interval unless people tagged all of the hours.
    floor : float
        Its least value.
    counted : str
        Whom a cell counts.
    source : str
        Where the formula is from.
    """

    name: str
    title: str
    formula: str
    unit: str
    of: str
    verdict: str
    caveat: str
    minimum: str
    counterweight: str
    beside: str
    of_labels: bool = False
    floor: float = 0.0
    counted: str = _DAYS
    source: str = ""


CATALOGUE: tuple[Marker, ...] = (
    Marker(
        "depth", "Depth",
        "hours in blocks of one project of 90 minutes or more (gaps up to 10 minutes) / hours on "
        "the clock with a project",
        "share", "of the hours on the clock", "fair",
        "A long block is a chance to go deep, not proof of it; who is asked for help has fewer.",
        "clock times for half of the hours; hidden if more than 60% of the starts fall on :00 or "
        ":30",
        "collaborators", "long blocks can be had by being out of reach",
    ),
    Marker(
        "fragmentation", "Fragmentation",
        "changes of project between tasks at most 30 minutes apart / hours on the clock with a "
        "project",
        "changes an hour", "changes of project an hour", "fair, for trends only",
        "Only changes that somebody logged; a tool that logs more finely shows more of them.",
        "clock times for half of the hours",
        "collaborators", "whom others turn to is interrupted more",
    ),
    Marker(
        "exploration", "Exploration",
        f"hours on kinds of work (project and category) that the person had not logged in the "
        f"{HISTORY_DAYS} days before the period / hours with a project",
        "share", "of the hours", "fair to weak",
        "New to the log, not always new to the person; a renamed project looks new. Longer "
        "periods show more.",
        f"{HISTORY_DAYS} days of log before the period, the person’s own as well",
        "depth", "what was begun should also be completed, which a log of hours does not tell: "
        "see whether long blocks are left",
        of_labels=True,
        counted=f"with {{min_days}} logged days and {HISTORY_DAYS} days of log before",
    ),
    Marker(
        "breadth", "Breadth",
        f"exp(−Σ p ln p) over project and category of a person’s tasks, as for {MIN_TASKS} of "
        "them; mean over people",
        "kinds of work", "kinds of work", "fair",
        "Counts kinds, not how different they are; variety can be scatter.",
        f"{MIN_TASKS} tasks a person and period",
        "depth", "many kinds of work leave less room for long blocks",
        of_labels=True, floor=1.0, counted=_TASKS,
        source="Chao et al. 2014, doi:10.1890/13-0133.1",
    ),
    Marker(
        "integration", "Integration",
        "1 / (1 − Σ d p p) over pairs of a person’s tasks, d: half for another project, half for "
        "another category; mean over people",
        "kinds that are wholly apart", "kinds that are wholly apart", "weak to fair",
        "The distances are set by rule; two projects may be near or far apart.",
        f"{MIN_TASKS} tasks a person and period",
        "depth", "distant kinds of work cost time to change between",
        of_labels=True, floor=1.0, counted=_TASKS,
        source="Stirling 2007, doi:10.1098/rsif.2007.0213; Zhang et al. 2016, "
        "doi:10.1002/asi.23487",
    ),
    Marker(
        "adaptability", "Change of mix",
        "√JSD (base 2) between the group’s kinds of work in this period and the one before, less "
        "what people’s own ups and downs give",
        "distance, 0–1", "of a distance of 1", "weak",
        "Churn is not adaptation: it moves when work is reshuffled, for good or ill.",
        "two periods in a row of the same people, five of them at least",
        "exploration", "a mix that moves without anything new is work handed around",
        of_labels=True, floor=-1.0,
        counted="with {min_days} logged days in both periods",
        source="Lin 1991, doi:10.1109/18.61115",
    ),
    Marker(
        "connection", "Connection",
        "connective hours / hours with a category", "share", "of the hours", "sound",
        "Time with others, not whether it was good; meetings can be too many.",
        "a tag or a sorted category for half of the hours",
        "depth", "time with others is no time alone",
        of_labels=True,
    ),
    Marker(
        "collaborators", "Collaborators",
        f"different people named beside a person in {TIE_DAYS} logged days of a month, whichever "
        "these are; mean over people and months",
        "people in five days", "people in five days", "fair",
        "Only whom the log names, as calendars do; a chat is no tie.",
        f"somebody named beside half of the people, {TIE_DAYS} logged days in a month",
        "depth", "every tie takes time",
        source="Hurlbert 1971, doi:10.2307/1934145",
    ),
    Marker(
        "ties_across", "Ties across teams",
        "days together with people of another team / days together with people whose team the "
        "log knows",
        "share", "of the days together", "fair",
        "Ties to people outside the log are in neither number.",
        "somebody named beside half of the people",
        "connection", "few ties of any kind can all be across",
    ),
    Marker(
        "decision", "Decision",
        "judgment hours / hours with a category", "share", "of the hours", "sound",
        "Time that went to judging; not whether people could decide.",
        "a tag or a sorted category for half of the hours",
        "guiding_ai", "judging what AI made is judgment too, and may be the tiring part of it",
        of_labels=True,
    ),
    Marker(
        "creativity", "Creativity",
        "creative hours / hours with a category", "share", "of the hours",
        "sound as time, silent on quality",
        "Says nothing of what came of it.",
        "a tag or a sorted category for half of the hours",
        "creativity_with_ai", "how much of it was made together with AI",
        of_labels=True,
    ),
    Marker(
        "creativity_with_ai", "Creativity with AI",
        "creative hours worked with AI / creative hours of known performer",
        "share", "of the creative hours",
        "fair where it is logged who did a task",
        "Made with AI is neither more nor less creative.",
        "the performer known for half of the creative hours",
        "rework", "what AI helped to make may have to be made again",
        of_labels=True,
    ),
    Marker(
        "guiding_ai", "Guiding AI",
        "hours flagged as overseeing AI / human hours that AI has a part in",
        "share", "of the hours with AI",
        "fair where flagged",
        "Who does not flag oversight seems to have none.",
        f"tasks flagged as oversight, {MIN_AI_TASKS} tasks with AI",
        "rework", "guiding well shows in less rework",
    ),
    Marker(
        "rework", "Rework",
        "hours flagged as rework of what AI made / human hours that AI has a part in",
        "share", "of the hours with AI",
        "fair where flagged",
        "Who does not flag rework seems to have none.",
        f"tasks flagged as oversight, {MIN_RARE_TASKS} tasks with AI",
        "guiding_ai", "less rework can also mean less checking",
    ),
    Marker(
        "outside_hours", "Outside declared hours",
        "hours on the clock outside the hours that a person declares / hours on the clock",
        "share", "of the hours on the clock", "sound, but flexibility and overload look alike",
        "A choice and a burden look the same; holidays and leave are not known.",
        "declared hours in people.csv, clock times for half of the hours",
        "weekend", "work may move to the weekend instead",
    ),
    Marker(
        "weekend", "Weekends",
        "hours on Saturdays and Sundays / hours of tasks of one day",
        "share", "of the hours of tasks of one day",
        "sound, but flexibility and overload look alike",
        "Where Friday is the day of rest it says nothing.",
        "", "outside_hours", "work may move to the evenings instead",
    ),
    Marker(
        "day_span", "Span of the day",
        "from the first start to the last end of a day, the person’s median; mean over people",
        "hours", "hours", "sound, but flexibility and overload look alike",
        "A long span with a long break is another day than one without.",
        "clock times for half of the hours",
        "start_spread", "a long day may be a free one",
        counted=_CLOCK,
    ),
    Marker(
        "start_spread", "Spread of the day’s start",
        "standard deviation of the day’s first start by the person’s clock; mean over people",
        "minutes", "minutes", "sound, but flexibility and overload look alike",
        "Shifts and journeys spread it too.",
        "clock times for half of the hours",
        "day_span", "free to begin when one likes, or called at any hour",
        counted=_CLOCK,
    ),
)  # fmt: skip

#: By name, in the order in which tables show them.
MARKERS: dict[str, Marker] = {marker.name: marker for marker in CATALOGUE}


def marker_catalogue() -> pd.DataFrame:
    """List the markers.

    Returns
    -------
    pandas.DataFrame
        One row a marker: ``marker``, ``title``, ``formula``, ``unit``, ``of`` (what a value is
        of), ``verdict``, ``caveat``, ``minimum`` (data, besides ten people of twenty logged
        days), ``counterweight`` (a marker), ``beside`` (why) and ``source``.

    Examples
    --------
    >>> depth = marker_catalogue().set_index("marker").loc["depth"]
    >>> depth[["unit", "verdict", "counterweight"]].tolist()
    ['share', 'fair', 'collaborators']
    """
    columns = ["name", "title", "formula", "unit", "of", "verdict", "caveat", "minimum",
               "counterweight", "beside", "source"]  # fmt: skip
    rows = [[getattr(marker, column) for column in columns] for marker in CATALOGUE]
    table = pd.DataFrame(rows, columns=columns).rename(columns={"name": "marker"})
    return table.astype("str")
