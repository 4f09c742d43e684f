"""A case, an item or an exam as a form: the other view of the same text."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import queries, services
from training.authoring.forms import CHOICE_WORDS, JUDGED_WORDS
from training.authoring.models import Draft
from training.authoring.rules.document_forms import KINDS_WITH_FORM, field_at, fields_in, in_order, is_of_older_form, parts_of, row_name, still_empty, value_in
from training.authoring.rules.form_entries import with_entered
from training.authoring.rules.form_fields import FormField, FormPart, Way, entered_in, rows_in
from training.authoring.rules.states import WRITTEN_STATES, DraftState
from training.authoring.views.blueprint import MAY_WRITE, blueprint, held_draft, seen_draft
from training.authoring.views.exams import exam_pieces, supplies_in
from training.authoring.views.files import shown_files
from training.cases.queries import area_titles
from training.content_store.rules.kinds import Kind
from training.db import db
from training.documents.faults import Fault
from training.errors import NotFound
from training.web.access import current_actor, opens_to, principal, writes

SAVED_MEANWHILE = "Not saved: somebody saved this draft meanwhile. Open it anew in another tab, and enter there what is missing."
UNREADABLE_PARTS = "Not saved: some lines cannot be read. Mend them below."


@blueprint.get("/drafts/<int:draft_id>/form")
@opens_to(*MAY_WRITE)
def document_form(draft_id: int) -> ResponseReturnValue:
    """A draft as a form; where its text cannot be read as fields, the text. `more` names the rows of which one more is shown."""
    found = seen_draft(draft_id)
    if DraftState(found.state) not in WRITTEN_STATES or Kind(found.kind) not in KINDS_WITH_FORM:
        raise NotFound
    value = value_in(Kind(found.kind), found.text)
    if value is None:
        flash("The text cannot be read as fields. Mend what is wrong with it first.", "warn")
        return redirect(url_for("authoring.draft", draft_id=draft_id))
    parts = parts_shown(found, value)
    return _form_page(found, value, entered_in(value, fields_in(parts)), parts, more=request.args.get("more", ""))


def parts_shown(found: Draft, value: dict[str, Any]) -> tuple[FormPart, ...]:
    """The form of a draft that says this."""
    return parts_of(Kind(found.kind), value, tuple(area_titles()))


def _form_page(
    found: Draft, value: Mapping[str, Any], entered: Mapping[str, str], parts: tuple[FormPart, ...], *, more: str = "", faults: Mapping[str, str] | None = None
) -> str:
    """The form with what was entered; `faults` where it was not saved: what cannot be read, by field, or nothing where somebody else was quicker."""
    fields = fields_in(parts)
    return render_template(
        "authoring/document_form.html",
        draft=found,
        value=value,
        parts=parts,
        entered=entered,
        rows={field.key: shown_rows(field, entered, has_more=field.key == more) for field in fields if field.way is Way.ROWS},
        wrong=faults or {},
        unread=[field for field in fields if field.key in (faults or {})],
        problem="" if faults is None else UNREADABLE_PARTS if faults else SAVED_MEANWHILE,
        to_mend=to_mend(found, fields) if faults is None else (),
        row_name=row_name,
        opinions=queries.opinions_of(found.id),
        **_beside(found, value, entered),
        lookalikes=services.lookalikes_of(found, principal().person_id),
        personal=(personal := services.personal_in(found)),
        personal_places={each.key: field_at(f"content.{each.fields[0]}", fields) for each in personal},
        words=_words_of(found),
        shown_files=shown_files(found),
        offered=services.offered_codes() if found.kind != Kind.EXAM else {},
    )


def _words_of(found: Draft) -> dict[str, str]:
    """What may be chosen in the form of a draft, in words; in the narrow table of an exam severities are their codes."""
    areas = {code: f"{code} {title}" for code, title in area_titles().items()}
    return CHOICE_WORDS | areas | (JUDGED_WORDS if found.kind != Kind.EXAM else {})


def to_mend(found: Draft, fields: Sequence[FormField], entered: Mapping[str, str] | None = None) -> list[tuple[tuple[str, str] | None, Fault]]:
    """What is wrong with a draft in the order of its form, each fault with its place there; `entered` as for `field_at`."""
    faults, value = services.check_draft(found).faults, value_in(Kind(found.kind), found.text)
    return in_order([*faults, *still_empty(value, fields, faults)] if value is not None else faults, fields, entered)


def _beside(found: Draft, value: Mapping[str, Any], entered: Mapping[str, str]) -> dict[str, object]:
    """What stands beside the form of an exam; nothing beside another."""
    if found.kind != Kind.EXAM:
        return {}
    pieces = exam_pieces(found, value, is_thorough=True)
    return {**pieces, "supplies": supplies_in(pieces["prospect"], entered)}


def shown_rows(field: FormField, entered: Mapping[str, str], *, has_more: bool) -> list[tuple[int, dict[str, str]]]:
    """The rows that a form shows: those that were entered, and blank ones until there are enough, or one more than that."""
    rows = list(rows_in(entered, field).items())
    wanted = max(field.least, len(rows) + 1 if has_more else 0)
    following = rows[-1][0] + 1 if rows else 0
    blank = dict.fromkeys((column.name for column in field.columns), "")
    return [*rows, *((following + extra, blank) for extra in range(min(wanted, field.most) - len(rows)))]


@blueprint.post("/drafts/<int:draft_id>/form")
@opens_to(*MAY_WRITE)
@writes
def save_document_form(draft_id: int) -> ResponseReturnValue:
    """Write what was entered into the text; `add` names the rows of which one more is wanted, `redact` the personal data to take out."""
    found, entered = held_draft(draft_id), request.form.to_dict()
    value = value_in(Kind(found.kind), found.text) if Kind(found.kind) in KINDS_WITH_FORM else None
    if value is None:
        abort(400)
    parts, more = parts_shown(found, value), entered.get("add", "")
    if is_of_older_form(entered, fields_in(parts)):
        abort(400)
    text, faults = with_entered(found.text, value, entered, fields_in(parts))
    is_stale = entered.get("version") != str(found.version) and text != found.text
    if faults or is_stale:
        return _form_page(found, value, entered, parts, more=more, faults=faults), 409
    services.write_whole(found, text, by=current_actor(), now=clock.now())
    _redact(found, entered.get("redact", ""))
    db.session.commit()
    if more:
        return redirect(url_for("authoring.document_form", draft_id=draft_id, more=more, _anchor=more))
    flash("Saved. What is still to mend stands at the top.", "good")
    return redirect(url_for("authoring.document_form", draft_id=draft_id))


def _redact(found: Draft, key: str) -> None:
    """Take the personal value of this key out of what was just saved, or `all`."""
    if key:
        services.redact_draft(found, None if key == "all" else key, by=current_actor(), now=clock.now())


@blueprint.post("/drafts/<int:draft_id>/alike")
@opens_to(*MAY_WRITE)
def alike(draft_id: int) -> ResponseReturnValue:
    """The items that look like what stands in the form now; nothing is saved."""
    found = seen_draft(draft_id)
    value = value_in(Kind.ITEM, found.text) if found.kind == Kind.ITEM else None
    if value is None:
        abort(400)
    text, _ = with_entered(found.text, value, request.form.to_dict(), fields_in(parts_shown(found, value)))
    lookalikes = services.lookalikes_of(found, principal().person_id, value=value_in(Kind.ITEM, text))
    return jsonify({"told": render_template("authoring/lookalikes.html", lookalikes=lookalikes) if lookalikes else ""})
