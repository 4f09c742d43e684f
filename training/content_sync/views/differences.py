"""The documents that differ: all of them, and one field by field."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.content_store.rules.kinds import Kind
from training.content_sync import services
from training.content_sync.forms import DifferencesForm
from training.content_sync.rules.sides import Difference, seen_together
from training.content_sync.services import Compared
from training.content_sync.views.blueprint import MAY_SETTLE, blueprint, content_folder
from training.db import db
from training.documents.faults import Fault
from training.errors import NotFound
from training.web.access import current_actor, opens_to, principal, writes

PAGE_SIZE = 50
MOST_FIELDS = 200
"""Of one document on its page."""
MOST_FAULTS = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a side was not taken: in words, by the faults that would come, and by what the rooms refused, with its file."""

    words: str = ""
    faults: tuple[tuple[Fault, bool], ...] = ()
    """Each with whether its words may be told to the reader."""
    refusals: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The documents that differ of one kind and on one side, which a person may settle together."""

    kind: str
    side: str

    @classmethod
    def asked(cls) -> "Narrowed":
        """What the address asks for."""
        form = DifferencesForm(request.args)
        return cls((form.kind.data or "")[:20], (form.side.data or "")[:20])

    def of(self, compared: Compared) -> tuple[Difference, ...]:
        """Those of them that differ now."""
        return services.of_kind_and_side(compared, self.kind, self.side)


@blueprint.get("/")
@opens_to(*MAY_SETTLE)
def index() -> str:
    """Every document that differs, by kind and side, some at a time."""
    return list_page(services.compare(content_folder()))


def list_page(compared: Compared, problem: Problem | None = None) -> str:
    """The page of all that differ, with what was in the way."""
    asked = Narrowed.asked()
    chosen = asked.of(compared)
    page = min(max(request.args.get("page", 1, type=int), 1), max(len(chosen) - 1, 0) // PAGE_SIZE + 1)
    return render_template(
        "content_sync/index.html",
        compared=compared,
        form=DifferencesForm(request.args),
        here={"kind": asked.kind, "side": asked.side},
        counts=services.counts_of(compared.differences),
        shown=chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        chosen=chosen,
        seen=seen_together(chosen),
        unsound=[(each, told(each.faults, compared)[:MOST_FAULTS]) for each in compared.unsound[:PAGE_SIZE]],
        page=page,
        has_more=len(chosen) > page * PAGE_SIZE,
        problem=problem,
    )


def told(faults: tuple[Fault, ...], compared: Compared) -> tuple[tuple[Fault, bool], ...]:
    """Faults, each with whether its words may be told: they quote the text, so those of exam material only to whoever opened it."""
    by_path = {each.path: each for each in compared.differences}
    return tuple((fault, _may_be_told(fault.path, by_path.get(fault.path))) for fault in faults)


def _may_be_told(path: str, difference: Difference | None) -> bool:
    return services.is_open_to(difference, principal().person_id) if difference else not path.startswith(("exams/items/", "cases/"))


@blueprint.get("/<kind>/<slug>")
@opens_to(*MAY_SETTLE)
def difference(kind: str, slug: str) -> str:
    """One document that differs, field by field; behind the door where an exam may ask it."""
    found = found_in(services.compare(content_folder()), kind, slug)
    if found is None:
        raise NotFound
    return page_of(found)


def found_in(compared: Compared, kind: str, slug: str) -> Difference | None:
    """This document, where it differs."""
    return next((each for each in compared.differences if (each.name.kind, each.name.slug) == (kind, slug)), None)


def page_of(found: Difference, problem: Problem | None = None) -> str:
    """The page of one document, with what was in the way."""
    me = principal().person_id
    opened = services.open_difference(found) if services.is_open_to(found, me) else None
    title = found.name.slug if found.kind is not Kind.TAXONOMY else "Taxonomy"
    return render_template(
        "content_sync/difference.html",
        found=found,
        title=title,
        opened=opened,
        is_wanted_blind=services.is_wanted_blind(found, me),
        seen=seen_together((found,)),
        problem=problem,
        most=MOST_FIELDS,
    )


@blueprint.post("/<kind>/<slug>/open")
@opens_to(*MAY_SETTLE)
@writes
def open_difference(kind: str, slug: str) -> ResponseReturnValue:
    """See what differs in something that exams may ask, and never sit it; or in a case, and label it blind no more."""
    found = found_in(services.compare(content_folder()), kind, slug)
    if found is None:
        raise NotFound
    services.open_to(found, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("content_sync.difference", kind=kind, slug=slug))
