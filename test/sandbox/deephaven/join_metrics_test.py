"""Runs join_metrics.py in a Deephaven server that has an alert history, and prints what it makes of samples."""

import json
import sys

import pyarrow
from pydeephaven import Session

script, port = sys.argv[1:]
session = Session(host="127.0.0.1", port=int(port))
times = pyarrow.array([f"2026-11-25T{clock}:00Z" for clock in ("09:59", "10:00", "10:05", "10:10", "10:20")]).cast(pyarrow.timestamp("ns", tz="UTC"))
metrics = pyarrow.table({"Time": times, "Job": ["node"] * 5, "Instance": ["a:9100"] * 5, "Value": [1.0] * 5})
session.bind_table("metrics", session.import_table(metrics))
with open(script, encoding="utf-8") as file:
    session.run_script(file.read())
samples = session.open_table("metrics_with_alerts").to_arrow().to_pylist()
firings = session.open_table("firings").to_arrow().to_pylist()
print(json.dumps({
    "metrics_with_alerts": [[f"{row['Time']:%H:%M}", row["Status"]] for row in samples],
    "firings": sorted([row["Fingerprint"], row["Seconds"]] for row in firings),
}))
session.close()
