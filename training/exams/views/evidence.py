"""Reading what is sent as answers. What cannot be one, or is for somebody else's attempt, is refused clearly, and the audit keeps that it came."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from pydantic import BaseModel, ValidationError

from training import clock
from training.db import begin_writing, db
from training.errors import NotFound, Refusal
from training.exams import services
from training.exams.forms import LARGEST_BODY
from training.exams.services import AnswerFault, Arrived
from training.web.access import current_actor, turn_away
from training.web.wording import words_for

P = ParamSpec("P")
Body = TypeVar("Body", bound=BaseModel)

STATUS = {AnswerFault.TOO_LARGE: 413, AnswerFault.UNREADABLE: 422}


class NoAnswer(Exception):
    """What was sent is no answer: why, and in words where."""

    def __init__(self, fault: AnswerFault, message: str) -> None:
        super().__init__(message)
        self.fault = fault
        self.message = message


def read(kind: type[Body]) -> Body:
    """The body as this kind of document. Raises NoAnswer."""
    refuse_too_large()
    body = request.get_data()
    if len(body) > LARGEST_BODY:
        raise _too_large()
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise unreadable(error) from None


def refuse_too_large() -> None:
    """Raises NoAnswer where the request says itself that it holds more than it may."""
    if (request.content_length or 0) > LARGEST_BODY:
        raise _too_large()


def refuse_large_form() -> None:
    """Raises NoAnswer where the fields of a form hold more than an answer may: their text, not what encoding makes of it."""
    if sum(len(text.encode("utf-8", "surrogatepass")) for text in request.form.values()) > LARGEST_BODY:
        raise _too_large()


def _too_large() -> NoAnswer:
    return NoAnswer(AnswerFault.TOO_LARGE, "An answer holds 64 KB at most. Shorten it and send it again; what you saved before stands.")


def unreadable(error: ValidationError) -> NoAnswer:
    """What the first thing is that cannot be read, and where."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(map(str, first["loc"])) or "body"
    return NoAnswer(AnswerFault.UNREADABLE, f"The answer could not be read: {where}: {first['msg']}.")


def leaves_evidence(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """This view takes answers from scripts: what it refuses because it is none, or is not this person's to give, leaves an entry in the audit."""
    return _watched(view, lambda no: (jsonify(error=no.fault.value, message=no.message), STATUS[no.fault]))


def page_leaves_evidence(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """The same for a view that takes answers from plain forms."""
    return _watched(view, lambda no: abort(STATUS[no.fault], no.message))


def _watched(view: Callable[P, ResponseReturnValue], say: Callable[[NoAnswer], ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    @wraps(view)
    def watched(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except NotFound:
            _keep(AnswerFault.FOREIGN)
            raise
        except NoAnswer as refused:
            if not current_user.is_authenticated:
                return turn_away()
            _keep(refused.fault)
            return say(refused)

    return watched


def refused(refusal: Refusal) -> ResponseReturnValue:
    """What a script reads where policy says no: the reason, for what it does next, and the words for the candidate. Nothing of the deed is kept."""
    db.session.rollback()
    return jsonify(error=refusal.reason, message=words_for(refusal.reason, refusal.detail)), 409


def _keep(fault: AnswerFault) -> None:
    place = request.view_args or {}
    arrived = Arrived(fault, request.content_length or len(request.get_data()), _sha256(), place.get("position"))
    begin_writing()
    services.note_arrival(place["public_id"], arrived, by=current_actor(), now=clock.now())
    db.session.commit()


def _sha256() -> str | None:
    """The hash of the body; nothing where it is so large that it is not read at all."""
    if (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]:
        return None
    return hashlib.sha256(request.get_data()).hexdigest()
