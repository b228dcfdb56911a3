"""What two people say about drawn tasks: each errs in a known way, the busy answer least."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from taskmix.errors import TaskmixError
from taskmix.synth.bench._make import Bench
from taskmix.synth.bench._work import choose
from taskmix.taxonomy import CATEGORIES

#: What each tagger says (columns) of a task, by its true category (rows). The first is careful;
#: the second takes decisions for routine and routine for connective work at times.
TAGGERS: dict[str, np.ndarray] = {
    "p-tagger0000000001": np.array(
        [
            [0.95, 0.03, 0.01, 0.01],
            [0.04, 0.93, 0.02, 0.01],
            [0.03, 0.02, 0.94, 0.01],
            [0.03, 0.02, 0.01, 0.94],
        ]
    ),
    "p-tagger0000000002": np.array(
        [
            [0.88, 0.04, 0.02, 0.06],
            [0.14, 0.82, 0.02, 0.02],
            [0.08, 0.04, 0.86, 0.02],
            [0.05, 0.03, 0.01, 0.91],
        ]
    ),
}
#: Part of the tasks that are answered at usual workload, and how much less at the highest.
ANSWERED, LESS_WHEN_BUSY = 0.65, 0.30
_BUSIEST = 0.2
_AT = pd.Timestamp("2026-10-05 08:00", tz="UTC")


def audit_answers(
    bench: Bench,
    task_ids: "pd.Series[str]",
    *,
    seed: int = 0,
    sheet: str = "bench",
    taggers: Mapping[str, np.ndarray] | None = None,
    answered: float = ANSWERED,
    less_when_busy: float = LESS_WHEN_BUSY,
) -> pd.DataFrame:
    """Let the taggers say what they think of drawn tasks.

    Each tagger answers a task or not, by chance and apart from the other; the chance falls with
    the workload of the task's person in that week. Busy weeks hold more execution, so who only
    counts the answers finds too little of it.

    Parameters
    ----------
    bench
    task_ids
        Tasks of the bench, such as a draw's.
    seed
        The same seed and tasks, the same answers.
    sheet
        The draw's id, as the rows are to bear it.
    taggers
        Confusion by tagger; `TAGGERS` if not given. ``{"p-1": numpy.eye(4)}`` never errs.
    answered, less_when_busy
        The chance of an answer is `answered` at usual workload (1), and `less_when_busy` less
        at 1.2, as much more at 0.8. With 1 and 0 everything is answered.

    Returns
    -------
    pandas.DataFrame
        One row an answer, as in the store's table ``tags``: ``tag_id``, ``task_id``, ``tagger``,
        ``category``, ``at``, ``origin`` (``audit``), ``sheet``.

    Raises
    ------
    TaskmixError
        If the bench has no such task, or a chance would not be one.
    """
    if less_when_busy < 0 or not less_when_busy <= answered <= 1:
        raise TaskmixError(
            f"answered is {answered} and less_when_busy is {less_when_busy}; the first must be at "
            "most 1, the second from 0 to the first"
        )
    place = pd.Index(bench.truth["task_id"]).get_indexer(task_ids)
    if (place < 0).any():
        missing = pd.Series(task_ids).to_numpy()[place < 0][0]
        raise TaskmixError(f"the bench has no task {missing!r}; draw from its own tasks")
    asked = bench.truth.iloc[place]
    true = pd.Categorical(asked["category"], categories=CATEGORIES).codes
    chance = answered - less_when_busy * (asked["busy"].to_numpy() - 1) / _BUSIEST
    answers = []
    for number, (name, confusion) in enumerate((taggers or TAGGERS).items()):
        rng = np.random.default_rng([seed, number, 0xA])
        told = rng.random(len(asked)) < chance
        said = np.array(CATEGORIES, dtype=object)[choose(rng, np.asarray(confusion)[true])]
        rows = pd.DataFrame({"task_id": asked["task_id"].to_numpy(), "category": said})[told]
        answers.append(rows.assign(tagger=name))
    table = pd.concat(answers, ignore_index=True)
    table = table.assign(
        tag_id=sheet + "-" + table["task_id"] + "-" + table["tagger"],
        at=_AT.as_unit("us"),
        origin="audit",
        sheet=sheet,
    )
    columns = ["tag_id", "task_id", "tagger", "category", "at", "origin", "sheet"]
    return table[columns].astype({name: "str" for name in columns if name != "at"})
