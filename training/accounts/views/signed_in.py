"""Who makes this request: the person behind the session cookie, or the program behind the token."""

from dataclasses import dataclass

from flask import Flask, Response, current_app
from flask_login import LoginManager

from training import clock
from training.accounts import queries, services
from training.accounts.queries import KnownClient, SignedIn
from training.accounts.rules import demands_second_factor
from training.web.directory import Directory, init_directory


class _Manager(LoginManager):  # type: ignore[misc]
    def _update_remember_cookie(self, response: Response) -> Response:
        """Nobody is remembered beyond their session here, and looking whether somebody should be opens the session of every request."""
        return response


manager = _Manager()
manager.session_protection = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """The signed-in person, as every surface sees them (`web.access.Principal`)."""

    person_id: int
    public_id: str
    name: str
    email: str
    roles: frozenset[str]
    time_zone: str
    session_id: int
    owes_second_factor: bool
    language: str = "en"
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False


def _visitor(found: SignedIn) -> Visitor:
    zone = found.state.time_zone or current_app.config["ORGANISATION_TIME_ZONE"]
    owes = not found.has_second_factor and demands_second_factor(
        found.state.roles, demanded=current_app.config["SECOND_FACTOR_ROLES"], is_waived=current_app.config["WAIVE_SECOND_FACTOR"]
    )
    roles = frozenset() if owes else frozenset(found.state.roles)
    return Visitor(found.person_id, found.public_id, found.name, found.email, roles, zone, found.session_id, owes)


@manager.user_loader  # type: ignore[untyped-decorator]
def load_visitor(token: str) -> Visitor | None:
    """Who holds this session token now: one statement; nobody where the session ended or the person is not active."""
    now = clock.now()
    found = queries.signed_in_by_token_hash(services.token_hash(token), now=now, idle_since=now - services.IDLE_LIFE)
    if found is None or not found.state.is_active:
        return None
    if now - found.last_seen_at > services.SEEN_EVERY:
        services.note_seen(found.session_id, now=now)
    return _visitor(found)


def _authenticate_client(token: str) -> KnownClient | None:
    return services.authenticate_client(token, now=clock.now())


def _id_of(subject: str) -> int | None:
    found = queries.person_by_subject(subject)
    return found.id if found else None


def init_signed_in(app: Flask) -> None:
    """Know who is signed in, and which program calls, on every request of this application."""
    manager.init_app(app)
    app.extensions["client_authenticator"] = _authenticate_client
    init_directory(app, Directory(names=queries.person_names, id_of=_id_of))
