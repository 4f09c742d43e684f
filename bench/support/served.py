"""What the benches serve: the application, and beside it a bare Flask view to compare with, in the same processes."""

from flask import Flask, Response, jsonify
from werkzeug.middleware.dispatcher import DispatcherMiddleware

import support  # noqa: F401  (finds the project)
from training.app import create_app

bare = Flask("bare")


@bare.post("/answer")
def answer() -> Response:
    """Constant JSON: what any Flask view costs at least."""
    return jsonify(decision=True)


app = DispatcherMiddleware(create_app(), {"/bare": bare})
