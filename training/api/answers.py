"""The gate's decision as JSON, the same on every address that gives it."""

from datetime import UTC
from functools import lru_cache
from typing import Any

from flask import Response, current_app
from pydantic_core import to_json

from training.queues.rules.decision import Action, Code, Decision, Reason
from training.queues.rules.reasons import PAGES

NOTHING_TO_SAY = (Reason(Code.OK),)
"""What programs hear where there is no reason for or against."""


def _page_of(reason: Reason) -> str | None:
    page = PAGES.get(reason.code)
    if page is None:
        return None
    return str(current_app.config["PUBLIC_URL"]) + _path(page.endpoint, reason.subject if page.is_about_subject else None)


@lru_cache(maxsize=5_000)
def _path(endpoint: str, slug: str | None) -> str:
    """Where a view is found; built once for each, because building takes longer than deciding."""
    return current_app.url_map.bind("").build(endpoint, {"slug": slug} if slug else {})


def answered(content: dict[str, Any]) -> Response:
    """This content as a JSON answer, instants as RFC 3339; written by pydantic, which takes a third of the time that Flask's own writer does."""
    return Response(to_json(content) + b"\n", mimetype="application/json")


def reason_json(reason: Reason) -> dict[str, Any]:
    """One reason: its code, what it does, what it is about, since and until when, a sentence, and the address of the person's page that mends it."""
    return {
        "code": reason.code.value,
        "effect": reason.effect.value,
        "subject": reason.subject,
        "since": reason.since,
        "until": reason.until,
        "detail": reason.detail,
        "page": _page_of(reason),
    }


def decision_json(decision: Decision, action: Action | None = Action.WORK) -> dict[str, Any]:
    """A decision as the AuthZEN standard shapes it; no known action is never granted."""
    return {
        "decision": action is not None and decision.grants(action),
        "context": {
            "access": decision.access.value,
            "reasons": [reason_json(reason) for reason in decision.reasons or NOTHING_TO_SAY],
            "at": decision.at.astimezone(UTC),
            "valid_until": decision.valid_until,
            "next_change_at": decision.next_change_at,
        },
    }
