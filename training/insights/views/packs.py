"""Ask for a pack, and see which there are."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names, team_names
from training.db import db
from training.errors import Refusal
from training.insights import queries, services
from training.insights.forms import PackForm
from training.insights.models import EvidencePack
from training.insights.rules import Moment, PackRefusal, ScopeKind
from training.insights.rules.languages import LANGUAGES
from training.insights.services import Wish
from training.insights.views.blueprint import MAY_ASK, STATES, blueprint, viewer
from training.queues.queries import queues
from training.web.access import current_actor, opens_to, writes
from training.web.addresses import id_in_query
from training.web.forms import choices_of
from training.web.wording import words_for


@blueprint.get("/evidence")
@opens_to(*MAY_ASK)
def index() -> str:
    """The packs that I may open, and the form for another."""
    return _page(_form())


@blueprint.post("/evidence")
@opens_to(*MAY_ASK)
@writes
def ask() -> ResponseReturnValue:
    """Ask for a pack."""
    form, now = _form(), clock.now()
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        wanted = services.ask_for_pack(_wish(form, now), by=current_actor(), now=now)
    except Refusal as refusal:
        db.session.rollback()
        _field_of(form, refusal.reason).errors = [words_for(refusal.reason, refusal.detail)]
        return _page(form), 409
    db.session.commit()
    flash("The pack is being made.", "good")
    return redirect(url_for("insights.pack", public_id=wanted.public_id))


@blueprint.get("/evidence/<public_id>")
@opens_to(*MAY_ASK)
def pack(public_id: str) -> str:
    """One pack: what it is about, its hashes, and the files to take along."""
    found = queries.pack_numbered(public_id, viewer())
    return render_template("insights/pack.html", pack=found, STATES=STATES, languages=LANGUAGES, **_words([found]))


def _form() -> PackForm:
    form = PackForm()
    form.queue.choices = choices_of([("", "–"), *((queue.slug, queue.document.title) for queue in queues(now=clock.now()))])
    form.language.choices = choices_of(LANGUAGES.items())
    return form


def _wish(form: PackForm, now: datetime) -> Wish:
    moment = Moment(form.at.instant or now.replace(second=0, microsecond=0), form.since.instant)
    return Wish(ScopeKind(form.kind.data), form.subject, moment, has_names=form.has_names.data, language=form.language.data)


def _field_of(form: PackForm, reason: StrEnum) -> Any:
    """Beside which field a refusal stands."""
    places: dict[StrEnum, Any] = {
        PackRefusal.IN_THE_FUTURE: form.at,
        PackRefusal.ENDS_BEFORE_IT_BEGINS: form.since,
        PackRefusal.UNKNOWN_PERSON: form.person,
        PackRefusal.UNKNOWN_QUEUE: form.queue,
    }
    return places.get(reason, form.kind)


def _page(form: PackForm) -> str:
    found = queries.packs_page(viewer(), before_id=id_in_query("before"))
    shown = found[: queries.PAGE_SIZE]
    older = shown[-1].id if len(found) > len(shown) else None
    return render_template("insights/index.html", form=form, packs=shown, older=older, STATES=STATES, **_words(shown))


def _words(packs: Sequence[EvidencePack]) -> dict[str, Any]:
    """How people call those who asked, and whom and what they asked about."""
    return {
        "names": person_names({number for each in packs for number in (each.asked_by_id, each.person_id) if number is not None}),
        "titles": {queue.slug: queue.document.title for queue in queues(now=clock.now())},
        "teams": team_names(),
    }
