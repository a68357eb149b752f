#!/usr/bin/env bash
# Makes of what was recorded the files of src/test/resources/recorded: smaller (trim.jq), and with the days of the
# recording moved to 6 February 2026.
#   keep.sh NAME EVENTS TRUTH      NAME is airflow, dbt or python
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
kept=$here/../resources/recorded
day() { sed "s/$(date -u +%F)\([T ]\)/2026-02-06\1/g"; }
jq -c -f "$here/trim.jq" "$2" | day >"$kept/$1.jsonl"
# The events of a stage are counted among those that stay.
count() { head -n "$1" "$2" | jq -c -f "$here/trim.jq" | wc -l; }
python3 "$here/said.py" "$1" "$3" | grep -v '"job": "hourly",' | while IFS= read -r line; do
    if [[ $line =~ \"events\":\ ([0-9]+) ]]; then
        line=${line/\"events\": ${BASH_REMATCH[1]}/\"events\": $(count "${BASH_REMATCH[1]}" "$2")}
    fi
    printf '%s\n' "$line"
done | day >"$kept/$1.said.json"
