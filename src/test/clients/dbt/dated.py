"""Says a run of a date, so that a command that knows no date can name it as its parent.

Usage: dated.py RUN_ID START|COMPLETE|FAIL NOMINAL_START; the command is then run with OPENLINEAGE_PARENT_ID=cron/nightly/RUN_ID
"""

import sys
from datetime import datetime, timezone

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import Job, Run, RunEvent, RunState
from openlineage.client.facet_v2 import nominal_time_run

run_id, state, nominal_start = sys.argv[1:]
OpenLineageClient().emit(
    RunEvent(
        eventType=RunState(state),
        eventTime=datetime.now(timezone.utc).isoformat(),
        run=Run(
            runId=run_id,
            facets={"nominalTime": nominal_time_run.NominalTimeRunFacet(nominalStartTime=nominal_start)},
        ),
        job=Job(namespace="cron", name="nightly"),
        producer="https://example.com/nightly",
    )
)
