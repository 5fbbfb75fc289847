"""The calls that the receiver of examples/deephaven makes to Deephaven's client: on a machine without Deephaven, too."""

import sys
import types
import unittest
from unittest import mock

CALLS = []


class Session:
    """Records what it is asked to do."""

    #: The tables of the server, which outlive a session.
    tables_of_server = {}
    failure = None

    def __init__(self, **arguments):
        CALLS.append(("connect", arguments))

    @property
    def tables(self):
        return list(self.tables_of_server)

    def open_table(self, name):
        CALLS.append(("open", name))
        return types.SimpleNamespace(ticket="ticket", schema="schema")

    def input_table(self, schema, key_cols):
        CALLS.append(("create", [name for name, _ in schema], key_cols))
        return InputTable()

    def bind_table(self, name, table):
        self.tables_of_server[name] = table

    def import_table(self, table):
        if Session.failure:
            raise Session.failure
        return table

    def close(self):
        CALLS.append(("close",))


class InputTable:
    def __init__(self, **arguments):
        self.arguments = arguments

    def add(self, table):
        CALLS.append(("add", table))


def module(name, **members):
    made = types.ModuleType(name)
    made.__spec__ = types.SimpleNamespace()
    made.__dict__.update(members)
    return made


MODULES = {
    "pydeephaven": module("pydeephaven", Session=Session),
    "pydeephaven.table": module("pydeephaven.table", InputTable=InputTable),
    "pyarrow": module(
        "pyarrow",
        schema=lambda fields: _Schema(fields),
        string=lambda: "string",
        timestamp=lambda unit, tz: f"timestamp[{unit}, {tz}]",
        array=lambda values, kind: (kind, list(values)),
        table=lambda columns, schema: columns,
    ),
}


class _Schema(list):
    """Pairs of name and type, whose items have both as attributes, too."""

    def __init__(self, fields):
        super().__init__(_Field(*field) for field in fields)


class _Field(tuple):
    def __new__(cls, name, kind):
        field = super().__new__(cls, (name, kind))
        field.type = kind
        return field


class DeephavenHistoryTest(unittest.TestCase):
    def setUp(self):
        CALLS.clear()
        Session.tables_of_server = {}
        Session.failure = None
        patch = mock.patch.dict(sys.modules, MODULES)
        patch.start()
        self.addCleanup(patch.stop)
        from alert_rows import AlertRow
        from histories import DeephavenHistory, KEYS

        self.keys = list(KEYS)
        self.row = AlertRow("f", "firing", 1, 'j"', "i", "n")
        self.history = DeephavenHistory("host", 1)

    def names(self):
        return [call[0] for call in CALLS]

    def test_creates_a_keyed_table_once_and_adds_columns(self):
        self.history.add([self.row])
        self.history.add([self.row])
        self.assertEqual(self.names(), ["connect", "create", "add", "add"])
        self.assertEqual(CALLS[0], ("connect", {"host": "host", "port": 1}))
        self.assertEqual(CALLS[1], ("create", self.keys, self.keys))
        self.assertEqual(CALLS[2], ("add", [
            ("string", ["f"]), ("string", ["firing"]), ("timestamp[ns, UTC]", [1]), ("string", ['j"']), ("string", ["i"]), ("string", ["n"]),
        ]))

    def test_uses_the_table_of_an_earlier_run(self):
        Session.tables_of_server = {"alert_history": None}
        self.history.add([self.row])
        self.assertEqual(self.names(), ["connect", "open", "add"])

    def test_connects_again_after_a_failure(self):
        self.history.add([self.row])
        Session.failure = RuntimeError("gone")
        with self.assertRaises(RuntimeError):
            self.history.add([self.row])
        Session.failure = None
        self.history.add([self.row])
        self.assertEqual(self.names(), ["connect", "create", "add", "close", "connect", "open", "add"])

    def test_adds_nothing_of_a_notification_without_alerts(self):
        self.history.add([])
        self.assertEqual(CALLS[2][1], [(kind, []) for kind, _ in CALLS[2][1]])

    def test_authenticates_with_a_key(self):
        from histories import DeephavenHistory

        DeephavenHistory("host", 1, "made-up-key").add([self.row])
        self.assertEqual(CALLS[0][1]["auth_token"], "made-up-key")
        self.assertEqual(CALLS[0][1]["auth_type"], "io.deephaven.authentication.psk.PskAuthenticationHandler")


if __name__ == "__main__":
    unittest.main()
