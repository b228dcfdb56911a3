"""Fixtures that several rooms' tests share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from taskmix.schema import TASK_COLUMNS, TaskLog, check_frame
from taskmix.taxonomy import CATEGORIES

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real logs, which stands beside the checkout where there is one."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real logs (../shared/data) are not on this machine")
    return SHARED_DATA


@pytest.fixture(scope="session")
def make_log() -> Callable[..., pd.DataFrame]:
    """Build a task log from a few facts a row; what is not said has a plain default."""

    def make(*rows: dict[str, Any]) -> pd.DataFrame:
        defaults: dict[str, Any] = dict.fromkeys(TASK_COLUMNS)
        defaults |= {"source": "test", "person": "ana", "team": "red", "department": "x"}
        defaults |= {"performer": "unknown", "local_date": "2026-07-01", "hours": 1.0}
        filled = [{**defaults, "task_id": f"t{n:04d}", **row} for n, row in enumerate(rows)]
        log = pd.DataFrame(filled, columns=list(TASK_COLUMNS))
        for column in TASK_COLUMNS:
            if column in {"started_at", "ended_at"}:
                log[column] = pd.to_datetime(log[column], utc=True).astype("datetime64[us, UTC]")
            elif column in {"local_date", "local_end_date"}:
                log[column] = pd.to_datetime(log[column]).astype("datetime64[us]")
            else:
                log[column] = log[column].astype("float64" if column == "hours" else "str")
        check_frame(log, TaskLog, where="make_log")
        days = (log[["local_date", "local_end_date"]] - pd.Timestamp("1970-01-01")).apply(
            lambda column: column.dt.days
        )
        return log.assign(
            first_day=days["local_date"].astype("int64"),
            last_day=days["local_end_date"].fillna(days["local_date"]).astype("int64"),
        )

    return make


@pytest.fixture(scope="session")
def make_sorted() -> Callable[..., pd.DataFrame]:
    """Build the table ``sorted`` from task id → four probabilities; sure from 0.6."""

    def make(probabilities: dict[str, tuple[float, float, float, float]]) -> pd.DataFrame:
        rows = [
            {
                "task_id": task_id,
                **{f"p_{name}": p for name, p in zip(CATEGORIES, values, strict=True)},
                "category": CATEGORIES[values.index(max(values))]
                if max(values) >= 0.6
                else "unsure",
            }
            for task_id, values in probabilities.items()
        ]
        columns = ["task_id", *(f"p_{name}" for name in CATEGORIES), "category"]
        frame = pd.DataFrame(rows, columns=columns)
        return frame.astype(
            {"task_id": "str", "category": "str", **{f"p_{n}": "float64" for n in CATEGORIES}}
        )

    return make
