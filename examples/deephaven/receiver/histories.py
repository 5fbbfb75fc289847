"""Where the rows of an alert history are kept."""

import json
import logging
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from alert_rows import AlertRow

#: The name of the table in Deephaven.
TABLE = "alert_history"

#: The variable with Deephaven's pre-shared key.
PSK_VARIABLE = "DEEPHAVEN_PSK"

#: What makes a row the same one: Alertmanager repeats a notification as long as an alert fires, and after a failed request.
KEYS = ("Fingerprint", "Status", "Time", "Job", "Instance", "Name")


class History(Protocol):
    """Keeps rows. A row that it has already changes nothing."""

    def add(self, rows: Sequence[AlertRow]) -> None:
        """Keeps all rows, or raises an error and keeps none."""

    def close(self) -> None:
        """Ends the connection. The rows stay."""


class DeephavenHistory:
    """Rows in an input table of a Deephaven server. The values travel as Arrow data and are never part of a script.

    The table is keyed by all of its columns, so that a repetition replaces the row that it repeats. It belongs to the server: it is
    there when this program starts again, and gone when the server does.
    """

    def __init__(self, host: str, port: int, psk: str | None = None) -> None:
        if find_spec("pydeephaven") is None:
            raise SystemExit("pydeephaven is not installed: pip install -r requirements.txt, or use --record")
        self._open_session = lambda: open_session(host, port, psk)
        self._session: Any = None
        self._table: Any = None

    def add(self, rows: Sequence[AlertRow]) -> None:
        import pyarrow

        schema = _schema()
        columns = list(zip(*rows)) or [[] for _ in schema]
        data = pyarrow.table([pyarrow.array(column, field.type) for column, field in zip(columns, schema)], schema=schema)
        try:
            self._connect(schema)
            self._table.add(self._session.import_table(data))
        except Exception:
            # Whatever it was, the next attempt begins anew: a server that has been restarted knows neither the session nor the table.
            self.close()
            raise

    def close(self) -> None:
        session, self._session, self._table = self._session, None, None
        if session is not None:
            try:
                session.close()
            except Exception as error:  # The server might be gone, and the session with it.
                logging.info("the session was not closed: %s", error)

    def _connect(self, schema: Any) -> None:
        if self._table is not None:
            return
        from pydeephaven.table import InputTable

        self._session = self._open_session()
        if TABLE in self._session.tables:
            table = self._session.open_table(TABLE)
            self._table = InputTable(session=self._session, ticket=table.ticket, schema=table.schema)
        else:
            self._table = self._session.input_table(schema=schema, key_cols=list(KEYS))
            self._session.bind_table(TABLE, self._table)


def open_session(host: str, port: int, psk: str | None = None) -> Any:
    """Connects to a Deephaven server. Without a pre-shared key, the server must allow anonymous access."""
    from pydeephaven import Session

    if psk is None:
        return Session(host=host, port=port)
    return Session(host=host, port=port, auth_type="io.deephaven.authentication.psk.PskAuthenticationHandler", auth_token=psk)


def _schema() -> Any:
    import pyarrow

    types = {"Time": pyarrow.timestamp("ns", tz="UTC")}
    return pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in KEYS])


class RecordedHistory:
    """Rows as lines of JSON in a file: shows what would be written, on a machine without Deephaven."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        self._known = {tuple(json.loads(line).values()) for line in lines}

    def add(self, rows: Sequence[AlertRow]) -> None:
        new = [row for row in dict.fromkeys(rows) if tuple(row) not in self._known]
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(dict(zip(KEYS, row)))}\n" for row in new)
        self._known.update(tuple(row) for row in new)

    def close(self) -> None:
        pass
