"""Rows as `taskmix.ingest` stores them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from taskmix.schema import TASK_COLUMNS
from taskmix.store import TABLES


@pytest.fixture
def make_rows(make_log) -> Callable[..., pd.DataFrame]:
    """Build rows of the table of tasks, one from each dict of facts."""

    def make(*rows: dict[str, Any], run_id: str = "r1") -> pd.DataFrame:
        log = make_log(*rows)
        return log.assign(
            month=log["local_date"].dt.strftime("%Y-%m"),
            digest="d",
            logged_as="p-1",
            file="a.csv",
            run_id=run_id,
        )[list(TABLES["tasks"].fields.names)]

    assert {*TASK_COLUMNS} < {*TABLES["tasks"].fields.names}
    return make
