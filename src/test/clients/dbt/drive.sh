#!/usr/bin/env bash
# Builds the project four times and writes down what dbt says of each node.
#   drive.sh DIRECTORY     a directory that gets a copy of the project, and truth.json
# OPENLINEAGE_URL says where the events go. 1: 2 February, all is well. 2: 3 February, a model fails and the one after it
# is skipped, a test fails. 3: 3 February once more, all is well. 4: of no date.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1" && cp -r "$here"/{dbt_project.yml,profiles.yml,models,snapshots} "$1" && cd "$1" || exit 1
export DBT_SEND_ANONYMOUS_USAGE_STATS=false OPENLINEAGE_NAMESPACE=prod-dbt

# build NUMBER DATE ARGUMENTS…
build() {
    local number=$1 date=$2
    shift 2
    nice dbt-ol "$@" --profiles-dir . >"build-$number.log" 2>&1
    local ended=$?
    jq --slurpfile project target/manifest.json --argjson build "$number" --arg date "$date" '{build: $build, $date, nodes: [.results[]
        | {unique_id, status, tests: $project[0].nodes[.unique_id].attached_node} | with_entries(select(.value))]}' \
        target/run_results.json >"results-$number.json"
    return $ended
}

# dated NUMBER DATE ARGUMENTS…: a build whose parent is a run of that date in Taipei
dated() {
    local number=$1 date=$2 run
    shift 2
    run=$(python -c 'import uuid; print(uuid.uuid4())')
    python "$here/dated.py" "$run" START "${date}T00:00:00+08:00"
    if OPENLINEAGE_PARENT_ID="cron/nightly/$run" build "$number" "$date" "$@"; then
        python "$here/dated.py" "$run" COMPLETE "${date}T00:00:00+08:00"
    else
        python "$here/dated.py" "$run" FAIL "${date}T00:00:00+08:00"
    fi
}

dated 1 2026-02-02 build
dated 2 2026-02-03 build --vars '{broken: true, amount: 99}'
dated 3 2026-02-03 --consume-structured-logs build
build 4 '' build
jq -n '[inputs]' results-[1-4].json >truth.json
