# Keeps of an event what says which run it is, how it ended and what it wrote: facets of the machine, of source code and
# of schemas go, and so do the addresses of the schemas of facets. Of the statements of dbt those of one model stay, of
# the hourly DAG its tasks. One event a line: jq -c -f trim.jq
def small: del(._producer, ._schemaURL);
def known: with_entries(select(.value != null));
def dag: {dag_id, timetable: ((.timetable // {}) | {expression, timezone} | known)};
select((.job.name // "" | test("^hourly$|(?<!model.shop.customers)\\.sql\\.")) | not)
| if .run == null then . else .
| .job.facets |= ((. // {}) | {jobType} | known | map_values(small))
| .run.facets |= ((. // {})
    | {nominalTime, parent, airflow, airflowDagRun, airflow_mappedTask, airflowState, errorMessage, jobDependencies}
    | known | map_values(small)
    | if .airflow then .airflow |= {dagRun: (.dagRun | del(.conf, .start_date, .run_after)), task: (.task | {task_id, mapped}),
        taskInstance: (.taskInstance | del(.log_url, .dag_bundle_name))} else . end
    | if .airflowDagRun then .airflowDagRun |= {dag: (.dag | dag), dagRun: (.dagRun | del(.conf, .start_date, .end_date, .run_after, .dag_version_id, .dag_version_number, .dag_bundle_name, .duration))} else . end
    | if .airflowState then del(.airflowState.tasksDuration) else . end
    | if .errorMessage then .errorMessage |= {message: (.message | .[0:80]), programmingLanguage} else . end
    | if .parent then .parent |= {run: {runId: .run.runId}, job: (.job | {namespace, name})} else . end)
| .inputs |= map({namespace, name} + if .inputFacets.dataQualityAssertions then {inputFacets: {dataQualityAssertions:
    {assertions: (.inputFacets.dataQualityAssertions.assertions | map({assertion, column, success, severity}))}}} else {} end)
| .outputs |= map({namespace, name} + if .outputFacets.outputStatistics then {outputFacets: {outputStatistics:
    (.outputFacets.outputStatistics | small)}} else {} end)
end
