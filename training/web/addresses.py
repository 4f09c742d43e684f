"""What arrives in addresses and form fields and must never reach the database: numbers no id can be, characters no text can hold."""

from datetime import UTC, datetime

from flask import Flask, Request, abort, request
from werkzeug.routing import IntegerConverter

LARGEST_ID = 2**31 - 1
LAST_PAGE = 1000
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
"""The types of bodies that have fields."""


class IdConverter(IntegerConverter):
    """`<int:…>` in a route: an address with a number that no row can have does not exist."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **({"max": LARGEST_ID} | options))  # type: ignore[arg-type]


def id_in_query(name: str) -> int | None:
    """The id that the query of this address gives, or nothing where it gives none."""
    identity = request.args.get(name, type=int)
    return identity if identity is not None and 0 < identity <= LARGEST_ID else None


def page_in_query(*, last: int = LAST_PAGE) -> int:
    """The page of a list that the query of this address asks for, from 1 to `last`; the first where it gives none."""
    return min(max(request.args.get("page", 1, type=int), 1), last)


def instant_and_id_in_query(name: str) -> tuple[datetime, int] | None:
    """Where the page before of a list ended, as `2026-11-22T12:00:00+00:00_17`; nothing where the address does not say. What is none is answered with 400."""
    instant, _, identity = request.args.get(name, "").rpartition("_")
    if not instant:
        return None
    try:
        return datetime.fromisoformat(instant.replace(" ", "+")).astimezone(UTC), int(identity[:9])
    except (ValueError, OverflowError):
        abort(400)


def has_fields(asked: Request) -> bool:
    """Whether the body of a request is a form. Asking any other body for its fields costs a program dearly."""
    return str(asked.environ.get("CONTENT_TYPE", "")).lower().startswith(FORMS)


def _refuse_nul() -> None:
    """A zero byte is in no honest text, and PostgreSQL cannot keep it."""
    sent, is_form = request.environ, has_fields(request)
    if "%00" in sent.get("QUERY_STRING", "") or "\0" in sent.get("PATH_INFO", "") or (is_form and any("\0" in text for text in request.form.values())):
        abort(400)


def init_addresses(app: Flask) -> None:
    """Let `<int:…>` mean an id in every route of this application, and refuse zero bytes."""
    app.url_map.converters["int"] = IdConverter
    app.before_request(_refuse_nul)
