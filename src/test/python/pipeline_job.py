"""One processor of a small pipeline, as a process: for each date it waits for its input, works, and reports.

Killed at any point and started again, it begins with the first date that it has not finished.
"""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "src" / "main" / "python"))

import phase_ledger

WAIT_SECONDS = 120
RECORDS = 60


def main(folder: str, phase: str, processor: str, policy: str, inputs: str, *dates: str) -> None:
    outputs = pathlib.Path(folder)
    for date in dates:
        finished = outputs / f"{date}.{processor}.finished"
        if finished.exists():
            continue
        requires = (policy, date, None) if policy else None
        with phase_ledger.run(
            phase, date, processor, requires=requires, wait=WAIT_SECONDS, execution_id=f"{date}-{processor}"
        ) as this:
            missing = [name for name in inputs.split(",") if name and not (outputs / f"{date}.{name}").exists()]
            if missing:
                (outputs / f"{date}.{processor}.ran-before-{'-'.join(missing)}").touch()
            draft = outputs / f"{date}.{processor}.draft"
            with draft.open("w") as file:
                file.writelines(f"{record}\n" for record in range(RECORDS))
            draft.replace(outputs / f"{date}.{processor}")
            this.record_count = RECORDS
        finished.touch()


if __name__ == "__main__":
    main(*sys.argv[1:])
