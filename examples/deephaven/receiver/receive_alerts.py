#!/usr/bin/env python3
"""Receives the notifications of Alertmanager's webhook and keeps the history of the alerts in Deephaven.

Every alert of a notification becomes a row of the table `alert_history`: when it began to fire, or when it was resolved.
"""

import argparse
import hmac
import logging
import os
import signal
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from alert_rows import NotificationError, read_rows
from histories import DeephavenHistory, History, PSK_VARIABLE, RecordedHistory

#: The variable with the bearer token. Secrets must not stand in the arguments of a process.
TOKEN_VARIABLE = "ALERT_HISTORY_TOKEN"

#: Amazon SNS takes messages of 256 KB, so a notification of the relay is shorter than this.
MAX_BODY_BYTES = 4 * 1024 * 1024

#: A client that sends nothing for so long has gone away.
SOCKET_TIMEOUT_SECONDS = 30


class Receiver(ThreadingHTTPServer):
    """The HTTP server. `POST /` takes a notification, `GET /` says that the server runs."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], history: History, token: str | None) -> None:
        super().__init__(address, RequestHandler)
        self.history = history
        self.token = token
        # A session of Deephaven is not meant for several threads.
        self.lock = threading.Lock()


class RequestHandler(BaseHTTPRequestHandler):
    """Answers one connection. 2xx and 4xx are final for Alertmanager, and 5xx makes it send the notification again."""

    server: Receiver
    timeout = SOCKET_TIMEOUT_SECONDS
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(HTTPStatus.OK if self.path == "/" else HTTPStatus.NOT_FOUND, "send notifications with POST to /")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if self.path != "/":
            self._answer(HTTPStatus.NOT_FOUND, "send notifications to /")
        elif not self._is_authorized():
            self._answer(HTTPStatus.UNAUTHORIZED, "the bearer token is missing or wrong")
        elif not length.isdecimal():
            self._answer(HTTPStatus.LENGTH_REQUIRED, "the request has no Content-Length")
        elif int(length) > MAX_BODY_BYTES:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body has more than {MAX_BODY_BYTES} bytes")
        else:
            self._receive(self.rfile.read(int(length)))

    def _receive(self, body: bytes) -> None:
        try:
            rows = read_rows(body)
        except NotificationError as error:
            logging.warning("notification refused: %s", error)
            self._answer(HTTPStatus.BAD_REQUEST, str(error))
            return
        try:
            with self.server.lock:
                self.server.history.add(rows)
        except Exception:
            logging.exception("notification not stored")
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, "the history cannot be written at the moment")
            return
        logging.info("notification stored, rows: %d", len(rows))
        self._answer(HTTPStatus.OK, "stored")

    def _is_authorized(self) -> bool:
        if self.server.token is None:
            return True
        given = self.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self.server.token}".encode())

    def _answer(self, status: HTTPStatus, text: str) -> None:
        content = f"{text}\n".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        if status >= HTTPStatus.BAD_REQUEST:
            # The body of a refused request has not been read.
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        logging.debug(format, *args)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=(
        f"environment variables:\n  {TOKEN_VARIABLE}  the bearer token that notifications must have; any are accepted without it\n"
        f"  {PSK_VARIABLE}        the pre-shared key of Deephaven; access is anonymous without it"))
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=5000, help="the port to listen on (default: %(default)s; 0: a free one)")
    parser.add_argument("--deephaven-host", default="127.0.0.1", metavar="HOST", help="(default: %(default)s)")
    parser.add_argument("--deephaven-port", type=int, default=10000, metavar="PORT", help="(default: %(default)s)")
    parser.add_argument("--record", type=Path, metavar="FILE", help="write the rows to this file, one JSON object a line, instead of Deephaven")
    options = parser.parse_args()

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    history: History = RecordedHistory(options.record) if options.record else DeephavenHistory(
        options.deephaven_host, options.deephaven_port, os.environ.get(PSK_VARIABLE) or None)
    receiver = Receiver((options.host, options.port), history, os.environ.get(TOKEN_VARIABLE) or None)
    # `shutdown` waits for the loop that this thread runs.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=receiver.shutdown).start())
    print(f"listening on http://{options.host}:{receiver.server_port}/", flush=True)
    try:
        receiver.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        receiver.server_close()
        history.close()


if __name__ == "__main__":
    main()
