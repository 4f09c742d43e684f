"""Who works in shadow: for leads and QA, who promote or extend, and for buddies, who sign off."""

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import people_of_team, state_of, team_names
from training.accounts.rules import Role
from training.certification import queries, services
from training.certification.forms import ShadowForm, SignOffForm, TeamForm
from training.certification.queries import Nester
from training.certification.rules import EventKind
from training.certification.views.blueprint import blueprint
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to, opens_to_signed_in, principal, writes
from training.web.addresses import page_in_query
from training.web.forms import Form, choices_of
from training.web.wording import words_for

MAY_SEE_ALL = frozenset({Role.LEAD, Role.QA, Role.ADMIN, Role.AUDITOR})
EVERYBODY = 0


@blueprint.get("/nesting")
@opens_to_signed_in
def nesting() -> str:
    """Whom I may sign off, promote or extend, and how far each has come."""
    return _page()


@blueprint.post("/nesting/<public_id>/<slug>/sign-off")
@opens_to_signed_in
@writes
def sign_off(public_id: str, slug: str) -> ResponseReturnValue:
    """Vouch for somebody in shadow."""
    form, nester = SignOffForm(), _visible(public_id, slug)

    def deed() -> None:
        services.sign_off(nester.person.id, nester.certification, reason=form.reason.data or "", by=current_actor(), now=clock.now())

    return _done(form, nester, deed, "You signed off. A lead or somebody of QA can promote them once the time is over.")


@blueprint.post("/nesting/<public_id>/<slug>")
@opens_to(Role.LEAD, Role.QA)
@writes
def decide_shadow(public_id: str, slug: str) -> ResponseReturnValue:
    """Promote somebody out of shadow, or let it go on."""
    form, nester = ShadowForm(), _visible(public_id, slug)

    def deed() -> None:
        given, by, now = form.reason.data or "", current_actor(), clock.now()
        if form.deed.data == EventKind.PROMOTED:
            services.promote(nester.person.id, nester.certification, reason=given, by=by, now=now)
        else:
            services.extend(nester.person.id, nester.certification, days=form.days.data or 0, reason=given, by=by, now=now)

    return _done(form, nester, deed, "It is written down; the gate knows it from now on.")


def _done(form: Form, nester: Nester, deed: Callable[[], None], words: str) -> ResponseReturnValue:
    """Do it where the form is sound, and say what came of it."""
    key = (nester.person.public_id, nester.certification.slug)
    if not form.validate_on_submit():
        return _page(form, key), 400
    try:
        deed()
    except Refusal as refusal:
        db.session.rollback()
        form.reason.errors = [words_for(refusal.reason)]
        return _page(form, key), 409
    db.session.commit()
    flash(words, "good")
    return redirect(url_for("certification.nesting", page=page_in_query()))


def _page(sent: Form | None = None, key: tuple[str, str] | None = None) -> str:
    """The page; `sent` is a form that was not taken, about the person and certification of `key`."""
    teams = team_names()
    form = TeamForm(request.args if request.method == "GET" else None)
    form.team.choices = choices_of([(EVERYBODY, "Everybody"), *sorted(teams.items(), key=lambda pair: pair[1])])
    team_id = form.team.data if form.team.data in teams else None
    found = _nesters(team_id)
    page = _page_of(found, key)
    return render_template(
        "certification/nesting.html",
        form=form,
        found=found[(page - 1) * queries.NESTERS_SHOWN : page * queries.NESTERS_SHOWN],
        page=page,
        has_more=len(found) > page * queries.NESTERS_SHOWN,
        team_id=team_id,
        sign_off_form=sent if isinstance(sent, SignOffForm) else SignOffForm(formdata=None),
        shadow_form=sent if isinstance(sent, ShadowForm) else ShadowForm(formdata=None),
        sent=sent,
        sent_key=key,
        sees_all=_sees_all(),
        may_decide=bool({Role.LEAD, Role.QA} & principal().roles),
        now=clock.now(),
    )


def _page_of(found: Sequence[Nester], key: tuple[str, str] | None) -> int:
    """The page with whom the form that was sent is about; else the one that is asked for, if there is one."""
    keys = [(nester.person.public_id, nester.certification.slug) for nester in found]
    if key in keys:
        return keys.index(key) // queries.NESTERS_SHOWN + 1
    return min(page_in_query(), max(1, -(-len(found) // queries.NESTERS_SHOWN)))


def _sees_all() -> bool:
    return bool(MAY_SEE_ALL & principal().roles)


def _nesters(team_id: int | None) -> Sequence[Nester]:
    """Whom the reader may see: leads, QA, administrators and auditors everybody; others who is on their way to what they hold in full themselves."""
    now, me, people = clock.now(), principal().person_id, queries.people_in_shadow()
    held = None if _sees_all() else queries.held_in_full(me, at=now)
    if held is not None:
        team_id = state_of(me, at=now).team_id
        people = people if team_id is not None else set()
    if team_id is not None:
        people &= {person.id for person in people_of_team(team_id, at=now)}
    return [nester for nester in queries.nesters(people - {me}, now=now) if held is None or nester.certification.slug in held]


def _visible(public_id: str, slug: str) -> Nester:
    found = (nester for nester in _nesters(None) if (nester.person.public_id, nester.certification.slug) == (public_id, slug))
    nester = next(found, None)
    if nester is None:
        raise NotFound(public_id)
    return nester
