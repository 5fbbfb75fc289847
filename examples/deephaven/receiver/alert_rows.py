"""Reads the rows of an alert history from the notifications of Alertmanager's webhook."""

import json
import re
from datetime import datetime, timezone
from typing import Any, NamedTuple


class NotificationError(ValueError):
    """A request that is not a notification. Sending it again cannot help."""


class AlertRow(NamedTuple):
    """One change of one alert: it fires since `time_ns`, or is resolved since then."""

    #: Alertmanager's identity of the labels of the alert. Empty for senders that do not name one.
    fingerprint: str
    #: `firing` or `resolved`.
    status: str
    #: Nanoseconds since 1970 in UTC: the start of a firing alert, the end of a resolved one.
    time_ns: int
    job: str
    instance: str
    #: The name of the alert: its label `alertname`.
    name: str


#: The field with the time of each status.
TIME_FIELDS = {"firing": "startsAt", "resolved": "endsAt"}

#: RFC 3339, as Go prints it: up to nine digits of a fraction, and the zone of the server that sent the alert.
RFC_3339 = re.compile(r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:([Zz])|([+-]\d\d:\d\d))", re.ASCII)

#: Deephaven stores nanoseconds since 1970 in 64 bits, which end in 1677 and 2262.
MAX_NANOSECONDS = 2**63 - 1


def read_rows(body: bytes) -> list[AlertRow]:
    """Returns a row for every alert of a notification, in its order.

    Raises:
        NotificationError: the body is not a notification of version 4.
    """
    try:
        notification = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotificationError(f"the body is not valid JSON: {error}") from None
    alerts = notification.get("alerts") if isinstance(notification, dict) else None
    if not isinstance(alerts, list):
        raise NotificationError('the body has no list "alerts"')
    return [_read_row(alert, f"alerts[{index}]") for index, alert in enumerate(alerts)]


def _read_row(alert: Any, place: str) -> AlertRow:
    labels = alert.get("labels") if isinstance(alert, dict) else None
    if not isinstance(labels, dict):
        raise NotificationError(f'{place} has no object "labels"')
    status = alert.get("status")
    if not isinstance(status, str) or status not in TIME_FIELDS:
        raise NotificationError(f'the status of {place} is neither "firing" nor "resolved"')
    field = TIME_FIELDS[status]
    return AlertRow(
        fingerprint=_text(alert.get("fingerprint")),
        status=status,
        time_ns=read_time(alert.get(field), f"{place}.{field}"),
        # An alert about many targets has neither of the two. Its row is no less true.
        job=_text(labels.get("job")),
        instance=_text(labels.get("instance")),
        name=_text(labels.get("alertname")),
    )


def read_time(value: Any, place: str) -> int:
    """Returns the nanoseconds between 1970 and a time in the form of RFC 3339, in any time zone.

    Raises:
        NotificationError: the value has another form, or is out of the range of 64 bits.
    """
    match = RFC_3339.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise NotificationError(f"{place} is not a time in the form of RFC 3339")
    date, clock, fraction, _, offset = match.groups()
    try:
        moment = datetime.fromisoformat(f"{date}T{clock}{offset or '+00:00'}")
    except ValueError:
        raise NotificationError(f"{place} is not a time of the calendar") from None
    # Whole seconds: a float has no room for nanoseconds.
    elapsed = moment - datetime(1970, 1, 1, tzinfo=timezone.utc)
    nanoseconds = (elapsed.days * 86_400 + elapsed.seconds) * 10**9 + int((fraction or "0").ljust(9, "0"))
    if abs(nanoseconds) > MAX_NANOSECONDS:
        raise NotificationError(f"{place} is outside of the years 1678 to 2261")
    return nanoseconds


def _text(value: Any) -> str:
    # Half a character, which JSON can escape, is no text that a table can hold.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
