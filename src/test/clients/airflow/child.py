"""A job that a task of Airflow starts: sends its own events, and names that task as the parent of its run."""

import os
from datetime import datetime, timezone

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import output_statistics_output_dataset, parent_run
from openlineage.client.uuid import generate_new_uuid

namespace, name, run_id = os.environ["OPENLINEAGE_PARENT_ID"].split("/")
client = OpenLineageClient()
run = Run(
    runId=str(generate_new_uuid()),
    facets={
        "parent": parent_run.ParentRunFacet(
            run=parent_run.Run(runId=run_id), job=parent_run.Job(namespace=namespace, name=name)
        )
    },
)
job = Job(namespace="scripts", name="load_players")
rows = OutputDataset(
    namespace="file",
    name="players",
    outputFacets={"outputStatistics": output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(rowCount=30)},
)
for state, outputs in ((RunState.START, []), (RunState.COMPLETE, [rows])):
    client.emit(
        RunEvent(
            eventType=state,
            eventTime=datetime.now(timezone.utc).isoformat(),
            run=run,
            job=job,
            producer="https://example.com/load_players",
            outputs=outputs,
        )
    )
