"""Joins metrics with the history of one alert: in which state was the alert at the time of each sample?

Run it in the console of Deephaven, where `alert_history` is, beside a table `metrics` with the columns `Time`, `Job`, `Instance`, and
any others.
"""

ALERT = "NodeExporterDown"

# The value is a parameter of the filter, so that a name with quotes stays a name.
changes = (
    alert_history.where("Name = ALERT")
    .sort("Time")
    .view(["Job", "Instance", "ChangedAt = Time", "Status"])
)

#: Every sample with the last change of the alert before it. Samples from before the first change have no status.
metrics_with_alerts = metrics.aj(changes, on=["Job", "Instance", "Time >= ChangedAt"], joins=["ChangedAt", "Status"])

#: How long each alert fired. An alert that still fires has no end.
firings = (
    alert_history.where("Status = `firing`")
    .sort("Time")
    .raj(
        alert_history.where("Status = `resolved`").sort("Time").view(["Fingerprint", "EndedAt = Time"]),
        on=["Fingerprint", "Time <= EndedAt"],
        joins=["EndedAt"],
    )
    .update("Seconds = (EndedAt - Time) / 1e9")
)
