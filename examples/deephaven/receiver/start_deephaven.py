#!/usr/bin/env python3
"""Starts a Deephaven server from the Python package, which contains it. Needs Java 17 or later.

Listens on this machine only, unless the environment variable DEEPHAVEN_PSK has a pre-shared key.
"""

import argparse
import os
import signal
import threading


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=10000, help="the port to listen on (default: %(default)s)")
    parser.add_argument("--memory", default="1g", help="the heap of the JVM (default: %(default)s)")
    options = parser.parse_args()
    psk = os.environ.get("DEEPHAVEN_PSK") or None
    if psk is None and options.host not in ("127.0.0.1", "localhost", "::1"):
        parser.error("without DEEPHAVEN_PSK, everybody who reaches the server can run code in it: set the variable, or listen on 127.0.0.1")

    from deephaven_server import Server

    authentication = "-DAuthHandlers=io.deephaven.auth.AnonymousAuthenticationHandler" if psk is None else f"-Dauthentication.psk={psk}"
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    Server(host=options.host, port=options.port, jvm_args=[f"-Xmx{options.memory}", authentication]).start()
    print(f"Deephaven runs on http://{options.host}:{options.port}", flush=True)
    stopped.wait()


if __name__ == "__main__":
    main()
