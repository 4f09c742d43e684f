"""The server of the demo: granian, with the jobs in threads of the same process."""

import os
import signal
import socket
from collections.abc import Callable
from functools import partial
from multiprocessing import parent_process
from threading import Thread

import click
from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from training.jobs.consumer import make_consumer

ADDRESS = "127.0.0.1"
BLOCKING_THREADS = 2
"""Beyond two, threads on SQLite wait for each other."""
SECONDS_TO_STOP = 5


def port_from() -> int:
    """The port that PORT names, else 5000. Raises ClickException where it is no port, or somebody listens there already."""
    written = os.environ.get("PORT") or "5000"
    if not written.isascii() or not written.isdigit() or not 0 < int(written) < 65536:
        raise click.ClickException(f"PORT is “{written}”. Write a number from 1 to 65535.")
    port = int(written)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except PermissionError:
            raise click.ClickException(f"Port {port} may be used by root only. Choose one above 1023: PORT=5001 make demo") from None
        except OSError:
            raise click.ClickException(f"Port {port} is in use by another program. Stop that one, or choose another port: PORT={port + 1} make demo") from None
    return port


def serve_until_stopped(create_app: Callable[[], Flask], port: int) -> None:
    """Serve until Ctrl-C, or until the terminal is closed: the server alone would take that as a wish to reload."""
    server = Server(
        "demo",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        log_level=LogLevels.warning,
        workers_kill_timeout=SECONDS_TO_STOP,
    )
    server.on_startup(partial(signal.signal, signal.SIGHUP, server.signal_handler_interrupt))
    server.serve(target_loader=partial(_app_with_jobs, create_app), wrap_loader=False)


def _app_with_jobs(create_app: Callable[[], Flask]) -> Flask:
    """The application, in the process that serves it, with its jobs begun.

    Ctrl-C is for the parent of that process, which then ends it; told twice, it would hang.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    Thread(target=_end_with_the_parent, daemon=True).start()
    app = create_app()
    make_consumer(app).start()
    return app


def _end_with_the_parent() -> None:
    """Do not hold the port when the parent was killed and could not say so."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
