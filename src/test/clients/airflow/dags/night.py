"""DAGs whose every task ends in another way, so that what is recorded can be compared with what Airflow says."""

from __future__ import annotations

import os
import sys
from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, TriggerRule, task
from airflow.sdk.definitions.context import get_current_context
from airflow.sdk.exceptions import AirflowSkipException

TAIPEI = pendulum.timezone("Asia/Taipei")
FIRST = pendulum.datetime(2026, 2, 2, tz=TAIPEI)
NIGHT = Asset("night")


def failed_before(name: str) -> bool:
    """Whether this run has failed under this name already; a failure is noted for the next try."""
    context = get_current_context()
    note = os.path.join(os.environ["AIRFLOW_HOME"], f"{name}-{context['dag_run'].run_id}".replace("/", "_"))
    if os.path.exists(note):
        return True
    open(note, "w").close()
    return False


common = {"start_date": FIRST, "catchup": True, "max_active_runs": 1, "default_args": {"retries": 0}}

# Three nights of Taipei: 2 to 4 February.
with DAG(
    "night",
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone=TAIPEI),
    end_date=FIRST + timedelta(days=2),
    **common,
):

    @task(outlets=[NIGHT])
    def extract():
        return [1, 2, 3]

    @task
    def score(part: int):
        if part == 2 and not failed_before("score"):
            raise RuntimeError("part 2 of 3 fails in its first try")
        return part

    @task
    def no_new_file():
        raise AirflowSkipException("no new file")

    @task.branch
    def which():
        return "left"

    @task
    def left():
        pass

    @task
    def right():
        pass

    @task(trigger_rule=TriggerRule.ALL_SUCCESS)
    def after_skip():
        pass

    @task(retries=1, retry_delay=timedelta(seconds=1))
    def second_try():
        if not failed_before("second_try"):
            raise RuntimeError("the first try fails")

    # Fails until it is marked a success by hand.
    @task
    def repaired():
        raise RuntimeError("to be repaired by hand")

    @task
    def after_repair():
        pass

    @task
    def late(part: int):
        pass

    parts = extract()
    score.expand(part=parts)
    no_new_file() >> after_skip()
    which() >> [left(), right()]
    second_try()
    repaired() >> [after_repair(), late.expand(part=[1, 2])]
    # A job that sends events of its own, whose parent is this task.
    BashOperator(
        task_id="child",
        bash_command=f"{sys.executable} {os.path.join(os.path.dirname(__file__), '..', 'child.py')}",
        env={
            "OPENLINEAGE_PARENT_ID": "{{ macros.OpenLineageProviderPlugin.lineage_parent_id(task_instance) }}",
            "OPENLINEAGE_CONFIG": os.environ.get("CHILD_CONFIG", ""),
        },
        append_env=True,
    )

# Airflow 3 makes no interval of a cron expression: start and end are the moment of the schedule.
with DAG("early", schedule="0 3 * * *", end_date=FIRST + timedelta(hours=3), **common):

    @task
    def load():
        pass

    load()

# The hours of 2 February in Taipei.
with DAG(
    "hourly",
    schedule=CronDataIntervalTimetable("0 * * * *", timezone=TAIPEI),
    end_date=FIRST + timedelta(hours=23),
    **common,
):

    @task
    def count():
        if get_current_context()["data_interval_start"].in_timezone(TAIPEI).hour == 5 and not failed_before("count"):
            raise RuntimeError("the hour of 05:00 fails in its first try")

    count()

# Started by hand, without a logical date, or by the asset that `night` writes.
with DAG("by_hand", schedule=None, start_date=FIRST):

    @task
    def now():
        pass

    now()

with DAG("by_asset", schedule=[NIGHT], start_date=FIRST):

    @task
    def consume():
        pass

    consume()
