"""Keys that were wrong: who would change, the ruling, and how far the grading is that follows from it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.cases.rendering import name_of
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.forms import RULING_WORDS, FindItemForm, RulingForm, proposed_key, ruling_form
from training.exams.models import Item, ItemVersion
from training.exams.queries import rulings
from training.exams.queries.opened import opened_item
from training.exams.queries.regrading import changed_runs
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.rulings import Effect, RulingRefusal
from training.exams.services.foreseeing import Change, DryRun
from training.exams.views.areas import titles
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import DESK_ROLES, DeskSection, add_desk_section
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import id_in_query
from training.web.origins import origins_of
from training.web.spreadsheets import Cell, table_file
from training.web.wording import give_words, words_for

MOST_LISTED = 200
"""Changes on the page; the file holds all."""

add_desk_section(
    DeskSection("Rulings on keys", "exams.regrades", "A key was wrong: see who would change, rule, and watch it carried out.", rulings.unfinished_count)
)

give_words(
    {
        RulingRefusal.AFFECTED: "This question is on a form of yours, so the ruling is not yours to make. Ask another trainer.",
        RulingRefusal.KEY_MISSING: "Say the new key: without one there is nothing to grade by.",
        RulingRefusal.KEY_UNFIT: "This key does not fit the question. Check what it names, and how many.",
        RulingRefusal.KEY_THE_SAME: "This is the key that the question has already.",
        RulingRefusal.KIND_WITHOUT_KEY: "Questions of this kind have no key to replace. Give full credit, or let the question count for nobody.",
        RulingRefusal.REFERENCE_UNKNOWN: "Choose another version of the reference. A new one comes with its case: change that document and apply it first.",
        RulingRefusal.LIST_CHANGED: "Somebody was graded since you saw the list, so it has changed. Look at it again, then rule.",
        Effect.LOST: "Pass lost, a re-test is asked for",
        Effect.GAINED: "Pass gained",
        Effect.LOST_MOOT: "Pass lost, nothing rests on it",
        Effect.FIGURES: "Points only",
    }
)

EFFECT_TONES = {Effect.LOST: "bad", Effect.GAINED: "good", Effect.LOST_MOOT: "warn", Effect.FIGURES: "neutral"}
HEADING = ("Person", "Name", "Attempt", "Exam", "Share before", "Share after", "Passed before", "Passed after", "What it means")


@blueprint.get("/exams/desk/regrades")
@opens_to(*DESK_ROLES)
def regrades() -> str:
    """Every ruling, the latest first, and the way to the next."""
    form = FindItemForm(formdata=request.args)
    slug = (form.item.data or "").strip() if form.validate() else ""
    before_id = id_in_query("before")
    return render_template(
        "exams/desk/regrades.html",
        form=form,
        slug=slug,
        titles=titles(),
        versions=rulings.versions_of(slug) if slug else [],
        ruled=rulings.ruled_items(before_id=before_id),
        kind_words=RULING_WORDS,
        page_size=rulings.PAGE_SIZE,
        is_first=before_id is None,
    )


@blueprint.get("/exams/desk/regrades/items/<int:version_id>")
@opens_to("trainer")
def ruling(version_id: int) -> str:
    """One item version: the way to open its key, or the form to rule on it."""
    item, version = rulings.version_to_rule(version_id)
    return _page(item, version, ruling_form(version, _references(version), proposed=proposed_key(request.args)))


@blueprint.post("/exams/desk/regrades/items/<int:version_id>/open")
@opens_to("trainer")
@writes
def open_for_ruling(version_id: int) -> ResponseReturnValue:
    """Show the question and its key to somebody who will never draw it from now on."""
    item, _ = rulings.version_to_rule(version_id)
    services.note_acquaintance(principal().person_id, item, Acquaintance.OPENED, now=clock.now())
    db.session.commit()
    return redirect(url_for("exams.ruling", version_id=version_id))


@blueprint.post("/exams/desk/regrades/items/<int:version_id>/dry-run")
@opens_to("trainer")
def dry_run(version_id: int) -> ResponseReturnValue:
    """Everybody who would change, as a page or as a file."""
    item, version = rulings.version_to_rule(version_id)
    form = ruling_form(version, _references(version))
    if not form.validate_on_submit():
        return _page(item, version, form), 400
    try:
        found = services.try_out(version, form.ruling(version), by=current_actor(), now=clock.now())
    except Refusal as refusal:
        return _refused(item, version, form, refusal)
    if file_format := request.form.get("as"):
        return table_file(f"{item.slug}-{version.number}-dry-run", HEADING, map(_line, found.changes), file_format)
    form.seen.data = found.digest
    return _page(item, version, form, found)


@blueprint.post("/exams/desk/regrades/items/<int:version_id>/rulings")
@opens_to("trainer")
@writes
def make_ruling(version_id: int) -> ResponseReturnValue:
    """Rule, upon the list that was seen."""
    item, version = rulings.version_to_rule(version_id)
    form = ruling_form(version, _references(version))
    if not form.validate_on_submit():
        return _page(item, version, form), 400
    try:
        made = services.rule(version, form.ruling(version), reason=form.reason.data or "", seen=form.seen.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _refused(*rulings.version_to_rule(version_id), form, refusal)
    target = url_for("exams.regrade", ruling_id=made.id)
    db.session.commit()
    flash("The ruling is made. It is carried out now; nobody needs to stay on this page.", "good")
    return redirect(target)


@blueprint.get("/exams/desk/regrades/<int:ruling_id>")
@opens_to(*DESK_ROLES)
def regrade(ruling_id: int) -> str:
    """How far a ruling is carried out, and whom it changed."""
    found = rulings.ruled_item(ruling_id)
    after_id = id_in_query("after") or 0
    runs = changed_runs(ruling_id=ruling_id, after_id=after_id, limit=rulings.PAGE_SIZE)
    names = person_names({run.person_id for run in runs})
    return render_template(
        "exams/desk/regrade.html",
        ruled=found,
        runs=runs,
        names=names,
        kind_words=RULING_WORDS,
        page_size=rulings.PAGE_SIZE,
        other_wordings=rulings.other_wordings(found.version),
        origins=origins_of("item_version", found.version.id),
        repeated=queries.repeated_for(ruling_id),
    )


def _page(item: Item, version: ItemVersion, form: RulingForm, found: DryRun | None = None) -> str:
    person_id = principal().person_id
    is_open = queries.is_acquainted(person_id, item.id, Acquaintance.OPENED)
    return render_template(
        "exams/desk/ruling.html",
        item=item,
        version=version,
        form=form,
        dry_run=found,
        most_listed=MOST_LISTED,
        effect_tones=EFFECT_TONES,
        effects=list(Effect),
        is_open=is_open,
        has_met=rulings.has_met(person_id, version.id),
        question=opened_item(version, reader_id=person_id, now=clock.now()) if is_open else None,
        titles=titles(),
        references=dict(_references(version)),
        earlier=rulings.rulings_about(version.id),
        origins=origins_of("item_version", version.id),
        sitting_count=rulings.sitting_count(version.id),
        other_wordings=rulings.other_wordings(version),
        kind_words=RULING_WORDS,
    )


def _refused(item: Item, version: ItemVersion, form: RulingForm, refusal: Refusal) -> ResponseReturnValue:
    form.kind.errors = [words_for(refusal.reason)]
    return _page(item, version, form), 409


def _references(version: ItemVersion) -> list[tuple[int, str]]:
    if version.case_version_id is None:
        return []
    return [
        (
            reference.id,
            f"Version {reference.number}: {', '.join(reference.labels)}, {' or '.join(' + '.join(map(name_of, actions)) for actions in reference.decisions)}",
        )
        for reference in rulings.references_of(version)
    ]


def _line(change: Change) -> list[Cell]:
    before, after = ("yes" if passed else "no" for passed in (change.was_passed, change.is_passed))
    shares = round(change.share_before, 4), round(change.share_after, 4)
    return [change.person_public_id, change.name, change.attempt, change.exam_title, *shares, before, after, words_for(change.effect)]
