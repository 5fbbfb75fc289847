#!/usr/bin/env python3
"""Prints the alert history in Deephaven, one JSON object a line, in the order of time."""

import argparse
import json
import os

from histories import KEYS, PSK_VARIABLE, TABLE, open_session


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deephaven-host", default="127.0.0.1", metavar="HOST", help="(default: %(default)s)")
    parser.add_argument("--deephaven-port", type=int, default=10000, metavar="PORT", help="(default: %(default)s)")
    options = parser.parse_args()
    session = open_session(options.deephaven_host, options.deephaven_port, os.environ.get(PSK_VARIABLE) or None)
    try:
        rows = session.open_table(TABLE).sort("Time").to_arrow() if TABLE in session.tables else None
    finally:
        session.close()
    if rows is None:
        return
    columns = [rows.column(name).cast("int64") if name == "Time" else rows.column(name) for name in KEYS]
    for row in zip(*(column.to_pylist() for column in columns)):
        print(json.dumps(dict(zip(KEYS, row))))


if __name__ == "__main__":
    main()
