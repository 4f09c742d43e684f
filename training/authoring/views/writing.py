"""One draft: its page, and what its editor sends."""

import secrets
from datetime import UTC, datetime, timedelta

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from training import clock
from training.accounts.queries import person_names
from training.authoring import queries, services
from training.authoring.forms import AnswerForm, CommentForm, ReviewForm, SavingBody, TextForm
from training.authoring.models import Draft
from training.authoring.queries.batches import batch_of
from training.authoring.rules.document_forms import value_in
from training.authoring.rules.documents import contrast_of, language_of
from training.authoring.rules.line_changes import line_changes
from training.authoring.rules.saving import SaveVerdict
from training.authoring.rules.states import OPEN_STATES, WRITTEN_STATES, DraftState
from training.authoring.services.labelling import in_hand, labels_beside
from training.authoring.services.saving import is_stale
from training.authoring.services.translating import following_of, left_behind
from training.authoring.views.blueprint import MAY_WRITE, SAVE_WORDS, back_to, blueprint, held_draft
from training.authoring.views.exams import exam_pieces
from training.authoring.views.labels import case_door
from training.cases.queries.imports import imported_as
from training.content_store.rules.kinds import Kind
from training.db import db
from training.policy_changes.services.telling import lines_of
from training.quality.queries.audits import audit_behind
from training.web.access import current_actor, opens_to, principal, writes

HEARD_SECONDS = 60
"""For how long somebody counts as being at a draft after their window was heard; it is heard every 20 s."""


@blueprint.get("/drafts/<int:draft_id>")
@opens_to(*MAY_WRITE)
def draft(draft_id: int) -> str:
    """The draft as it stands: to be written, reviewed or published. Of exam material first the question whether to open it."""
    found = queries.draft_by_id(draft_id)
    if not services.may_see(found, principal().person_id):
        return case_door(in_hand(found)) if found.kind == Kind.CASE else render_template("authoring/door.html", draft=found, batch=batch_of(found.id))
    return draft_page(found)


def draft_page(found: Draft, **more: object) -> str:
    """The page of a draft; `more` are a form that was not in order, or a text that was not saved."""
    state, me = DraftState(found.state), principal().person_id
    contributors = queries.contributors_of(found.id)
    revision = queries.revision_of(found.id)
    values: dict[str, object] = {
        "draft": found,
        "batch": batch_of(found.id),
        "state": state,
        "is_written": state in WRITTEN_STATES,
        "is_open": state in OPEN_STATES,
        "is_stale": state in OPEN_STATES and is_stale(found),
        "has_written": me == found.author_id or me in contributors,
        "names": person_names([found.author_id, found.saved_by_id, *contributors]),
        "contributors": sorted(contributors - {found.author_id}),
        "revision": revision,
        "opinions": queries.opinions_of(found.id),
        "changes": line_changes(found.base_text or "", found.text) if state not in WRITTEN_STATES else (),
        "client_id": f"page-{secrets.token_hex(8)}",
        "review_form": ReviewForm(number=revision.number if revision else 0),
        "comment_form": CommentForm(),
        "answer_form": AnswerForm(),
        "clause_labels": services.labels_for(found) if state in WRITTEN_STATES else [],
        "text": found.text,
        "seen": found.text,
        "language": language_of(found.text),
        "contrast": contrast_of(found.text),
        "labels": labels_beside(found, now=clock.now()),
        **_margin(found),
        "audit": audit_behind(found.slug) if found.kind == Kind.CASE else None,
        "row": imported_as(found.slug) if found.kind == Kind.CASE else None,
        **_plan(found),
        **_prospect(found, state),
    }
    return render_template("authoring/draft.html", **(values | more))


def _plan(found: Draft) -> dict[str, object]:
    """Of a module that waits for a review or its publication: what its version asks of people, which is approved with it."""
    is_waiting = found.state in {DraftState.IN_REVIEW, DraftState.APPROVED} and found.kind == Kind.MODULE
    if not is_waiting:
        return {"policy_changes": (), "left_behind": ()}
    checked = services.check_draft(found)
    plan, beside = services.plan_of(found, checked), {"left_behind": left_behind(found, checked), "following": following_of(found, checked)}
    changes = plan.changes if plan else ()
    return beside | {"policy_changes": changes, "asked": list(lines_of(changes, rekeyed=(), now=clock.now()))}


def _prospect(found: Draft, state: DraftState) -> dict[str, object]:
    """Of an exam that waits for a review or its publication: what it would be with the bank of today."""
    value = value_in(Kind.EXAM, found.text) if found.kind == Kind.EXAM and state in {DraftState.IN_REVIEW, DraftState.APPROVED} else None
    return dict(exam_pieces(found, value, is_thorough=False)) if value is not None else {}


def _margin(found: Draft, client_id: str = "") -> dict[str, object]:
    """What stands beside the text: what is wrong with it, what was said of its lines, and who else has it open."""
    windows = queries.windows_of(found.id, since=clock.now() - timedelta(seconds=HEARD_SECONDS))
    others = {window.person_id for window in windows if window.client_id != client_id} - {principal().person_id}
    checked = services.check_draft(found) if DraftState(found.state) in WRITTEN_STATES else None
    advised = services.advise(found, checked) if checked else None
    following = following_of(found, checked) if checked else None
    alike = services.lookalikes_of(found, principal().person_id)
    personal = services.personal_in(found) if checked else ()
    beside = {"checked": checked, "advised": advised, "following": following, "lookalikes": alike, "personal": personal}
    return beside | {"others": sorted(person_names(others).values()), "threads": queries.threads_of(found.id, found.text)}


@blueprint.post("/drafts/<int:draft_id>/open")
@opens_to(*MAY_WRITE)
@writes
def open_draft(draft_id: int) -> ResponseReturnValue:
    """Look at a draft of exam material, and never sit it."""
    found = queries.draft_for_change(draft_id)
    services.open_to(found, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("authoring.draft", draft_id=draft_id))


@blueprint.post("/drafts/<int:draft_id>/text")
@opens_to(*MAY_WRITE)
@writes
def save_text(draft_id: int) -> ResponseReturnValue:
    """Save the text, from a page without a script."""
    found, form = held_draft(draft_id), TextForm()
    if not form.validate_on_submit():
        abort(400)
    before = found.text
    saved = services.save(found, form.sent, by=current_actor(), now=clock.now())
    db.session.commit()
    if saved.verdict in {SaveVerdict.CONFLICT, SaveVerdict.TOO_LONG, SaveVerdict.CLOSED}:
        kept = saved.text if saved.verdict is SaveVerdict.CONFLICT else form.sent.text
        return draft_page(found, text=kept, seen=before, problem=SAVE_WORDS[saved.verdict]), 409
    return back_to(found, SAVE_WORDS[saved.verdict])


@blueprint.post("/drafts/<int:draft_id>/saved")
@opens_to(*MAY_WRITE)
@writes
def autosave(draft_id: int) -> ResponseReturnValue:
    """Save the text as it is being written; answers with what became of it, and with what stands beside it."""
    try:
        body = SavingBody.model_validate_json(request.get_data())
    except ValidationError:
        abort(400)
    found = held_draft(draft_id)
    saved = services.save(found, body.sent, by=current_actor(), now=clock.now())
    db.session.commit()
    answer = {"verdict": saved.verdict, "version": saved.version, "words": SAVE_WORDS[saved.verdict], "saved_at": for_script(saved.saved_at)}
    if saved.verdict in {SaveVerdict.MERGED, SaveVerdict.CONFLICT}:
        answer |= {"text": saved.text, "seen": found.text}
    margin = render_template("authoring/margin.html", draft=found, **_margin(found, body.client_id))
    return jsonify(answer | {"margin": margin}), 200 if saved.verdict not in {SaveVerdict.CLOSED, SaveVerdict.TOO_LONG} else 409


def for_script(instant: datetime) -> str:
    """An instant as scripts read it."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@blueprint.post("/drafts/<int:draft_id>/heard")
@opens_to(*MAY_WRITE)
@writes
def hear(draft_id: int) -> ResponseReturnValue:
    """This window still has the draft open; answers with what stands beside the text, and with the version that is saved."""
    client_id = request.get_data(as_text=True)
    if not 1 <= len(client_id) <= 40 or not client_id.replace("-", "").isalnum():
        abort(400)
    found = held_draft(draft_id)
    services.hear(found, client_id, by=current_actor(), now=clock.now())
    db.session.commit()
    margin = render_template("authoring/margin.html", draft=found, **_margin(found, client_id))
    return jsonify({"version": found.version, "state": found.state, "margin": margin})


@blueprint.post("/drafts/<int:draft_id>/merge")
@opens_to(*MAY_WRITE)
@writes
def merge(draft_id: int) -> ResponseReturnValue:
    """Bring the draft together with what runs by now."""
    found = held_draft(draft_id)
    left = services.bring_up_to_date(found, by=current_actor(), now=clock.now())
    db.session.commit()
    if left:
        return back_to(
            found, f"Brought together. Both changed the same lines in {left} {'place' if left == 1 else 'places'}: decide there what is right.", "warn"
        )
    return back_to(found, "Brought together: what runs by now, with your changes.")


@blueprint.post("/drafts/<int:draft_id>/discard")
@opens_to(*MAY_WRITE)
@writes
def discard(draft_id: int) -> ResponseReturnValue:
    """Give the draft up."""
    found = held_draft(draft_id)
    services.discard(found, by=current_actor(), now=clock.now())
    db.session.commit()
    return back_to(found, "Discarded. What runs stays as it is.", "info")
