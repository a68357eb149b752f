"""Jobs that say their runs with openlineage-python. Usage: jobs.py TRUTH; TRUTH gets what became of each job."""

import json
import sys
from datetime import datetime, timedelta, timezone

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import Dataset, DatasetEvent, Job, JobEvent, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import (
    documentation_job,
    error_message_run,
    nominal_time_run,
    output_statistics_output_dataset,
    schema_dataset,
)
from openlineage.client.uuid import generate_new_uuid

PRODUCER = "https://example.com/jobs"
DATE = "2026-02-02"
client = OpenLineageClient()
clock = datetime.now(timezone.utc) - timedelta(hours=1)
truth = []


def say(state, name, run_id, facets=None, outputs=()):
    """One event, a minute after the one before."""
    global clock
    clock += timedelta(minutes=1)
    client.emit(
        RunEvent(
            eventType=state,
            eventTime=clock.isoformat(),
            run=Run(runId=run_id, facets=facets or {}),
            job=Job(namespace="prod-jobs", name=name),
            producer=PRODUCER,
            outputs=list(outputs),
        )
    )


def night():
    """A day of New York."""
    return {
        "nominalTime": nominal_time_run.NominalTimeRunFacet(
            nominalStartTime=f"{DATE}T00:00:00-05:00", nominalEndTime="2026-02-03T00:00:00-05:00"
        )
    }


def wrote(name, rows):
    facet = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet
    return OutputDataset(namespace="file", name=name, outputFacets={"outputStatistics": facet(rowCount=rows)})


def became(name, status, count=None):
    truth.append({"job": name, "date": DATE, "status": status, "record_count": count})


# The nominal time is said once; rows of two outputs, one of them empty.
run = str(generate_new_uuid())
say(RunState.START, "players", run, night())
say(RunState.RUNNING, "players", run)
say(RunState.RUNNING, "players", run)
say(RunState.COMPLETE, "players", run, outputs=[wrote("players", 30), wrote("injured", 0)])
became("players", "success", 0)

run = str(generate_new_uuid())
say(RunState.START, "odds", run, night())
error = error_message_run.ErrorMessageRunFacet(message="no odds\nyet", programmingLanguage="python")
say(RunState.FAIL, "odds", run, {"errorMessage": error})
became("odds", "failed")

run = str(generate_new_uuid())
say(RunState.START, "lines", run, night())
say(RunState.ABORT, "lines", run)
became("lines", "failed")

# Fails, then runs again under the same id.
run = str(generate_new_uuid())
say(RunState.START, "games", run, night())
say(RunState.FAIL, "games", run, {"errorMessage": error})
say(RunState.START, "games", run, night())
say(RunState.COMPLETE, "games", run, night(), [wrote("games", 12)])
became("games", "success", 12)

# Succeeds, then fails.
run = str(generate_new_uuid())
say(RunState.COMPLETE, "teams", run, night(), [wrote("teams", 30)])
run = str(generate_new_uuid())
say(RunState.FAIL, "teams", run, night())
became("teams", "failed")

# Still runs.
say(RunState.START, "Résumé of 日", str(generate_new_uuid()), night())
became("Résumé of 日", "running")

# Never says a date.
say(RunState.COMPLETE, "undated", str(generate_new_uuid()))
truth.append({"job": "undated", "date": None, "status": "held"})

# What the client sends besides events of runs.
schema = schema_dataset.SchemaDatasetFacet(fields=[schema_dataset.SchemaDatasetFacetFields(name="id", type="int")])
client.emit(
    DatasetEvent(
        eventTime=clock.isoformat(),
        producer=PRODUCER,
        dataset=Dataset(namespace="file", name="players", facets={"schema": schema}),
    )
)
client.emit(
    JobEvent(
        eventTime=clock.isoformat(),
        producer=PRODUCER,
        job=Job(
            namespace="prod-jobs",
            name="players",
            facets={"documentation": documentation_job.DocumentationJobFacet(description="Loads players")},
        ),
    )
)

with open(sys.argv[1], "w") as file:
    json.dump(truth, file, indent=1, ensure_ascii=False)
