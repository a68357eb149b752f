"""What Airflow or dbt says of each job and date, in one form: which states its parts have.

Usage: said.py airflow|dbt|python TRUTH
"""

import json
import sys
from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

TAIPEI = ZoneInfo("Asia/Taipei")
AIRFLOW, DBT, PARENT = "prod-airflow", "prod-dbt", "cron"


def listed(states):
    return [
        {"namespace": namespace, "job": job, "date": date, "states": each}
        for (namespace, job, date), each in sorted(states.items(), key=str)
    ]


def airflow(stage):
    """Each task by the date on which its interval starts in Taipei, its DAG, and the job that a task runs."""
    states = defaultdict(list)
    dates = {}
    for run in stage["runs"]:
        start = run["data_interval_start"] or run["logical_date"]
        date = start and datetime.fromisoformat(start).astimezone(TAIPEI).date().isoformat()
        dates[run["dag_id"], run["run_id"]] = date
        states[AIRFLOW, run["dag_id"], date].append(run["state"])
    for task in stage["tasks"]:
        date = dates[task["dag_id"], task["run_id"]]
        states[AIRFLOW, f"{task['dag_id']}.{task['task_id']}", date].append(task["state"])
        if task["task_id"] == "child":
            states["scripts", "load_players", date].append(task["state"])
    return {"stage": stage["stage"], "events": stage["events"], "jobs": listed(states)}


def dbt(builds):
    """Each node by the date of its build; the newest build of a date counts. The tests of a model are one job."""
    states = {}
    for build in builds:
        date = build["date"] or None
        logs = build["build"] == 3
        tests = defaultdict(list)
        for node in build["nodes"]:
            state = {"pass": "success", "warn": "success", "error": "failed", "fail": "failed"}.get(
                node["status"], node["status"]
            )
            kind, project, name = node["unique_id"].split(".")[:3]
            if logs:
                states[DBT, node["unique_id"], date] = [state]
            elif kind == "test":
                tests[node["tests"].split(".")[2]].append(state)
            else:
                end = {"model": "run"}.get(kind, kind)
                states[DBT, f"shop.main.{project}.{name}.build.{end}", date] = [state]
        for name, each in tests.items():
            states[DBT, f"shop.main.{project}.{name}.build.test", date] = ["failed" if "failed" in each else "success"]
        whole = "failed" if any(node["status"] in ("error", "fail") for node in build["nodes"]) else "success"
        states[PARENT if date and not logs else DBT, f"dbt-run-{project}", date] = [whole]
        if date:
            states[PARENT, "nightly", date] = [whole]
    return {"stage": "all", "events": None, "jobs": listed(states)}


def python(jobs):
    said = [
        {"namespace": "prod-jobs", "job": each["job"], "date": each["date"], "states": [each["status"]]}
        | ({"record_count": each["record_count"]} if each.get("record_count") is not None else {})
        for each in jobs
    ]
    return {"stage": "all", "events": None, "jobs": said}


if __name__ == "__main__":
    with open(sys.argv[2]) as file:
        truth = json.load(file)
    stages = [airflow(each) for each in truth] if sys.argv[1] == "airflow" else [globals()[sys.argv[1]](truth)]
    print("[")
    for stage in stages:
        jobs = ",\n ".join(json.dumps(job, ensure_ascii=False) for job in stage["jobs"])
        end = "" if stage is stages[-1] else ","
        print(f'{{"stage": {json.dumps(stage["stage"])}, "events": {json.dumps(stage["events"])}, "jobs": [\n {jobs}]}}{end}')
    print("]")
