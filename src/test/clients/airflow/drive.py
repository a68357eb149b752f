"""Runs the DAGs of a started Airflow, clears and repairs some tasks, and writes down what Airflow says of each.

Usage: drive.py URL TRUTH [EVENTS]
TRUTH gets one document for each stage; EVENTS, a file with one event a line, tells how many had been sent by then.
"""

import json
import sys
import time
import urllib.error
import urllib.request

base, truth_file = sys.argv[1:3]
events_file = sys.argv[3] if len(sys.argv) > 3 else None
ENDED = {"success", "failed", "skipped", "upstream_failed", "removed"}
stages = []


def call(method, path, body=None):
    request = urllib.request.Request(
        base + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        raise SystemExit(f"{method} {path}: {refused.code} {refused.read().decode()}") from refused


def runs(dag):
    return call("GET", f"/api/v2/dags/{dag}/dagRuns?limit=100&order_by=run_after")["dag_runs"]


def wait(dag, count):
    """Until so many runs of a DAG, and no other, have ended."""
    for _ in range(600):
        found = runs(dag)
        if len(found) >= count and all(run["state"] in ("success", "failed") for run in found):
            return found
        time.sleep(1)
    raise SystemExit(f"{dag}: {[run['state'] for run in found]}")


def task(run, name, index=-1):
    path = f"/api/v2/dags/night/dagRuns/{urllib.request.quote(run['dag_run_id'], safe='')}/taskInstances/{name}"
    return path if index < 0 else f"{path}/{index}"


def clear(run, *tasks, dag="night"):
    """All tasks of the run, where none is named."""
    body = {"dry_run": False, "dag_run_id": run["dag_run_id"], "only_failed": False, "reset_dag_runs": True}
    call("POST", f"/api/v2/dags/{dag}/clearTaskInstances", {**body, "task_ids": list(tasks)} if tasks else body)


def mark(run, state, name, index=-1):
    call("PATCH", task(run, name, index), {"new_state": state})


def stage(name):
    """Writes down what Airflow says now."""
    time.sleep(5)  # the events of a DAG run are sent by another process than the one that ended it
    known = {}
    for dag in ("night", "early", "hourly", "by_hand", "by_asset"):
        for run in runs(dag):
            fields = ("logical_date", "data_interval_start", "data_interval_end", "run_type", "state")
            known[dag, run["dag_run_id"]] = {field: run[field] for field in fields}
    tasks, offset = [], 0
    while True:
        page = call("GET", f"/api/v2/dags/~/dagRuns/~/taskInstances?limit=100&offset={offset}")["task_instances"]
        if not page:
            break
        tasks += page
        offset += len(page)
    stages.append(
        {
            "stage": name,
            "events": sum(1 for _ in open(events_file)) if events_file else None,
            "runs": [{"dag_id": dag, "run_id": run, **said} for (dag, run), said in known.items()],
            "tasks": sorted(
                (
                    {
                        field: each[named]
                        for field, named in (
                            ("dag_id", "dag_id"),
                            ("run_id", "dag_run_id"),
                            ("task_id", "task_id"),
                            ("map_index", "map_index"),
                            ("try_number", "try_number"),
                            ("state", "state"),
                            ("start_date", "start_date"),
                            ("end_date", "end_date"),
                        )
                    }
                    for each in tasks
                ),
                key=lambda each: (each["dag_id"], each["run_id"], each["task_id"], each["map_index"]),
            ),
        }
    )
    print(f"{name}: {len(tasks)} task instances, {stages[-1]['events']} events", flush=True)
    with open(truth_file, "w") as file:
        json.dump(stages, file, indent=1)


def unpause(dag):
    call("PATCH", f"/api/v2/dags/{dag}", {"is_paused": False})


with urllib.request.urlopen(base + "/auth/token") as answer:
    token = json.load(answer)["access_token"]

unpause("night")
nights = wait("night", 3)
stage("each night has run once")

# The first night: one part of three runs again, a failure is marked a success, and what waited for it runs.
clear(nights[0], ["score", 1])
wait("night", 3)
mark(nights[0], "success", "repaired")
clear(nights[0], "after_repair", "late")
wait("night", 3)
# The second: parts are marked a success, one of them of a task that never started; a success is marked a failure.
mark(nights[1], "success", "score", 1)
mark(nights[1], "success", "late", 0)
mark(nights[1], "failed", "left")
wait("night", 3)
stage("the first night repaired, states of the second set by hand")

# The third: all of it runs again, and its failure is marked as skipped.
unpause("by_asset")
clear(nights[2])
wait("night", 3)
stage("the third night cleared")
mark(nights[2], "skipped", "repaired")
wait("night", 3)
stage("a failure of the third night marked as skipped")

unpause("by_hand")
unpause("early")
unpause("hourly")
for logical in (None, "2026-02-02T00:00:00+08:00"):
    call("POST", "/api/v2/dags/by_hand/dagRuns", {"logical_date": logical})
wait("by_asset", 1)
wait("early", 1)
wait("by_hand", 2)
hours = wait("hourly", 24)
stage("an hour of 24 failed")
clear(hours[5], dag="hourly")
wait("hourly", 24)
stage("that hour cleared")
