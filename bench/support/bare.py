"""A bare Flask application, to compare with: what anything made with Flask costs at least."""

from flask import Flask, Response, jsonify

bare = Flask("bare")


@bare.post("/answer")
def answer() -> Response:
    """Constant JSON: what any Flask view costs at least."""
    return jsonify(decision=True)
