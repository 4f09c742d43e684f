"""The audit, for those who check."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from training.actors import ActorKind
from training.audit import queries
from training.audit.forms import EntryFilterForm
from training.audit.models import AuditEntry
from training.audit.queries import EntryFilter
from training.web.access import opens_to
from training.web.addresses import id_in_query
from training.web.directory import directory
from training.web.navigation import Group, Place, add_place

blueprint = Blueprint("audit", __name__, template_folder="templates")
add_place(Place("audit.page", "Audit", Group.ORGANISATION, position=90, roles=frozenset({"auditor", "admin"})))

NOBODY = -1
"""No person has this id: a name that means nobody finds nothing."""


@blueprint.get("/audit")
@opens_to("auditor", "admin")
def page() -> ResponseReturnValue:
    """Who did what to what, the newest first."""
    form = EntryFilterForm(formdata=request.args)
    entries = queries.entries_page(_wanted(form), before_id=id_in_query("before"))
    shown = entries[: queries.PAGE_SIZE]
    older = {**request.args.to_dict(), "before": shown[-1].id} if len(entries) > len(shown) else None
    return render_template("audit/page.html", form=form, entries=shown, names=_names(shown), older=older, last_seal=queries.last_seal())


def _wanted(form: EntryFilterForm) -> EntryFilter:
    actor = form.actor.data
    return EntryFilter(
        deed=form.deed.data or None,
        actor_kind=ActorKind.PERSON if actor else form.actor_kind.data or None,
        actor_id=(directory().id_of(actor) or NOBODY) if actor else None,
        subject_kind=form.subject_kind.data or None,
        subject_id=form.subject_id.data or None,
    )


def _names(entries: Sequence[AuditEntry]) -> dict[str, str]:
    """Names of the people among actors and subjects, by id as text."""
    actors = {entry.actor_id for entry in entries if entry.actor_kind == ActorKind.PERSON and entry.actor_id is not None}
    subjects = {int(entry.subject_id) for entry in entries if entry.subject_kind == "person" and entry.subject_id.isdigit()}
    return {str(identity): name for identity, name in directory().names(actors | subjects).items()}
