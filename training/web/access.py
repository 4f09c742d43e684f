"""Who may open what. A view that does not declare it cannot be opened."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from training.actors import Actor, ActorKind
from training.db import begin_writing

P = ParamSpec("P")
R = TypeVar("R")


class Audience(StrEnum):
    """Whom a view is for."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    ROLES = "roles"
    CLIENTS = "clients"


@dataclass(frozen=True, slots=True)
class Access:
    """One view's declaration: its audience, and the roles or the scope that audience needs."""

    audience: Audience
    roles: frozenset[str] = frozenset()
    scope: str | None = None
    is_asked_by_view: bool = False
    """Whether the view itself finds out, in the statement of its deed, whose sign-in it is and whether it is still in force."""
    is_on_the_way_in: bool = False
    """Whether it opens also to those who still have to set up their second factor."""


class Principal(Protocol):
    """The signed-in person, as surfaces see them; `accounts` makes it."""

    is_authenticated: bool
    person_id: int
    name: str
    roles: frozenset[str]
    time_zone: str
    language: str
    session_id: int
    owes_second_factor: bool
    """Whether they must set one up before they reach anything."""


class Client(Protocol):
    """A program that showed a valid token; `accounts` makes it."""

    client_id: int
    name: str
    scopes: frozenset[str]


ClientAuthenticator = Callable[[str], Client | None]
"""Finds the client that a bearer token belongs to, or nobody."""


class ClientRefused(HTTPException):
    """A program's call without a valid token (401) or without the scope it needs (403)."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code


def _declare(access: Access) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def mark(view: Callable[P, R]) -> Callable[P, R]:
        cast(Any, view).access = access
        return view

    return mark


def opens_to_everyone(view: Callable[P, R]) -> Callable[P, R]:
    """Anybody may open this view, signed in or not."""
    return _declare(Access(Audience.EVERYONE))(view)


def opens_to_signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Any signed-in person may open this view; what they find there is theirs alone."""
    return _declare(Access(Audience.SIGNED_IN))(view)


def opens_on_the_way_in(view: Callable[P, R]) -> Callable[P, R]:
    """The same, and also who must set up a second factor before they reach anything else: the pages on which they do."""
    return _declare(Access(Audience.SIGNED_IN, is_on_the_way_in=True))(view)


def opens_to_token(view: Callable[P, R]) -> Callable[P, R]:
    """The same for a view that takes `session_token` along into its own statement, and answers with `turn_away` where that finds nobody."""
    return _declare(Access(Audience.SIGNED_IN, is_asked_by_view=True))(view)


def opens_to(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """People who hold at least one of these roles may open this view."""
    return _declare(Access(Audience.ROLES, roles=frozenset(roles)))


def opens_to_clients(scope: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Programs whose bearer token carries this scope may open this view."""
    return _declare(Access(Audience.CLIENTS, scope=scope))


def writes(view: Callable[P, R]) -> Callable[P, R]:
    """This view changes something: begin its transaction as a writer. Goes below the access declaration."""

    @wraps(view)
    def begun(*args: P.args, **kwargs: P.kwargs) -> R:
        begin_writing()
        return view(*args, **kwargs)

    return begun


def access_of(endpoint: str) -> Access | None:
    """What the view behind this endpoint declared."""
    return getattr(current_app.view_functions.get(endpoint), "access", None)


def principal() -> Principal:
    """The signed-in person; only in views that need one."""
    return cast(Principal, current_user)


def session_token() -> str:
    """The token of the sign-in that this request claims to belong to; only in views that open to one."""
    return str(session["_user_id"])


def turn_away() -> ResponseReturnValue:
    """To the door: what nobody who is signed in sees."""
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=target))


def current_actor() -> Actor:
    """Whoever makes this request, for the audit."""
    request_id = request.headers.get("X-Request-ID", "")[:100] or None
    client = g.get("client")
    if client is not None:
        return Actor(ActorKind.CLIENT, client.client_id, request.remote_addr, request_id)
    person_id = current_user.person_id if current_user.is_authenticated else None
    return Actor(ActorKind.PERSON, person_id, request.remote_addr, request_id)


def _admit_client(access: Access) -> None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise ClientRefused(401, "Send a bearer token: `Authorization: Bearer …`.")
    authenticate: ClientAuthenticator = current_app.extensions["client_authenticator"]
    client = authenticate(token.strip())
    if client is None:
        raise ClientRefused(401, "This token is unknown, expired or revoked.")
    if access.scope not in client.scopes:
        raise ClientRefused(403, f"This token lacks the scope {access.scope}.")
    g.client = client


def _admit_person(access: Access) -> ResponseReturnValue | None:
    if access.is_asked_by_view:
        return None if session.get("_user_id") else turn_away()
    if not current_user.is_authenticated:
        return turn_away()
    if current_user.owes_second_factor and not access.is_on_the_way_in:
        return redirect(url_for("accounts.second_factor"))
    if access.audience is Audience.ROLES and not access.roles & current_user.roles:
        abort(403)
    return None


def guard() -> ResponseReturnValue | None:
    """Run before every request: admit those whom the view declared, and nobody else."""
    endpoint = request.endpoint
    if endpoint is None:
        return None
    access = access_of(endpoint)
    if access is None:
        abort(403)
    if access.audience is Audience.EVERYONE:
        return None
    if access.audience is Audience.CLIENTS:
        _admit_client(access)
        return None
    return _admit_person(access)


def init_access(app: Flask) -> None:
    """Guard every request of this application."""
    app.before_request(guard)
    opens_to_everyone(app.view_functions["static"])
    app.jinja_env.globals["access_of"] = access_of
