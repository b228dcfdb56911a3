"""Last month's reports of all teams, as an Airflow DAG on taskmix's command line.

Tests parse this file without Airflow installed and run it with a stand-in for Airflow that records
what it declares; it was not tried on a running Airflow. Written for Airflow 3.

The batch ends with 0 (all well), 3 (some reports failed) or 1 (it could not start). 1 is tried
again, since logs that are not in yet may be in the morning; 3 is not, since the same logs and
notebooks would fail again.
"""

import subprocess
from datetime import UTC, datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowFailException

WORKSPACE = "/srv/taskmix/atlas"
TASKMIX = "/opt/taskmix/bin/taskmix"
BATCH = [
    TASKMIX, "batch", "--period", "last-month", "--workers", "2", "--require-complete", "0.95",
    "--log", "lines",
]  # fmt: skip
SOME_FAILED = 3


@dag(
    schedule="30 2 1-7 * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    # `last-month` is meant from the day on which the batch runs, so no past run is made up for.
    catchup=False,
    max_active_runs=1,
    tags=["taskmix"],
)
def taskmix_reports() -> None:
    """Read what the tools exported, sort what nobody tagged, make the reports."""
    ingest = BashOperator(task_id="ingest", bash_command=f"{TASKMIX} ingest", cwd=WORKSPACE)
    sort = BashOperator(task_id="sort", bash_command=f"{TASKMIX} sort", cwd=WORKSPACE)

    @task(retries=3, retry_delay=timedelta(hours=2), execution_timeout=timedelta(hours=6))
    def batch() -> None:
        code = subprocess.run(BATCH, cwd=WORKSPACE, check=False).returncode
        if code == SOME_FAILED:
            raise AirflowFailException(
                "some reports failed; their pages from before stay, and the log above names them"
            )
        if code:
            raise RuntimeError(f"the batch did not start (exit {code}); the log above says why")

    ingest >> sort >> batch()


taskmix_reports()
