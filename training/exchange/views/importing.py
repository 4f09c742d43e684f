"""A file on its way in: uploaded, described, looked through, and made into drafts."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.cases.queries import area_titles
from training.db import db
from training.errors import NotFound, Refusal
from training.exchange import queries, services
from training.exchange.files import TABLES, FileKind, keep, path_of, remove
from training.exchange.forms import COLUMN, TermsForm, UploadForm
from training.exchange.models import ItemImport
from training.exchange.rules.states import ImportState
from training.exchange.rules.tables import FIELDS, fitting
from training.exchange.services import Upload
from training.exchange.views.blueprint import MAY_EXCHANGE, blueprint
from training.web.access import current_actor, opens_to, principal, writes
from training.web.forms import choices_of
from training.web.wording import words_for

ROWS_A_PAGE = 50
LAST_PAGE = 1_000


@blueprint.get("/")
@opens_to(*MAY_EXCHANGE)
def index() -> str:
    """Bring a file in, take items away, and the files that I brought in."""
    return _index(UploadForm(formdata=None))


def _index(form: UploadForm) -> str:
    return render_template("exchange/index.html", form=form, found=queries.imports_of(principal().person_id))


@blueprint.post("/imports")
@opens_to(*MAY_EXCHANGE)
@writes
def upload() -> ResponseReturnValue:
    """Take a file up, where it is one that is read."""
    form, token = UploadForm(), secrets.token_hex(16)
    if not form.validate_on_submit():
        return _index(form), 400
    sha256, byte_count = keep(token, form.file.data.stream)
    try:
        upload = Upload(path_of(token), token, form.file.data.filename or "questions", sha256, byte_count)
        found = services.bring_in(upload, by=current_actor(), now=clock.now())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        remove(token)
        form.file.errors = [words_for(refusal.reason, refusal.detail)]
        return _index(form), 400
    return redirect(url_for("exchange.item_import", import_id=found.id))


def _terms_form(found: ItemImport) -> TermsForm:
    said = dict(found.terms.get("defaults", {}) or {}) if found.terms else {}
    said["clauses"] = " ".join(said.get("clauses", ()))
    values = {**said, "prefix": found.terms.get("prefix", f"item-{found.id}-{found.uploaded_at:%m%d}")}
    form = TermsForm(formdata=request.form if request.method == "POST" else None, data=values if request.method == "GET" else None)
    form.area.choices = choices_of([("", "Choose an area"), *area_titles().items()])
    return form


@blueprint.get("/imports/<int:import_id>")
@opens_to(*MAY_EXCHANGE)
def item_import(import_id: int) -> str:
    """Where a file stands, and what its rows would become."""
    return _page(queries.import_of(principal().person_id, import_id))


def _page(found: ItemImport, problem: str = "") -> str:
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    shows_faults = request.args.get("rows", "faults" if found.fault_count else "all") == "faults"
    rows = queries.rows_of(found.id, with_faults=True if shows_faults else None, skipped=(page - 1) * ROWS_A_PAGE, count=ROWS_A_PAGE + 1)
    is_checked = found.state == ImportState.CHECKED
    return render_template(
        "exchange/import.html",
        found=found,
        ImportState=ImportState,
        form=_terms_form(found) if found.state == ImportState.UPLOADED else None,
        **_columns(found),
        tally=queries.tally_of(found.id) if is_checked else None,
        rows=rows[:ROWS_A_PAGE] if is_checked else (),
        has_more=len(rows) > ROWS_A_PAGE,
        page=page,
        shows_faults=shows_faults,
        problem=problem,
    )


def _columns(found: ItemImport) -> dict[str, object]:
    """Of a table: its columns, and which of them seems to hold which field."""
    is_table = FileKind(found.kind) in TABLES and bool(found.columns)
    return {"fields": FIELDS if is_table else (), "guessed": fitting(found.columns) if is_table else {}, "COLUMN": COLUMN}


def _held(import_id: int) -> ItemImport:
    return queries.import_for_change(principal().person_id, import_id)


def _here(found: ItemImport) -> ResponseReturnValue:
    return redirect(url_for("exchange.item_import", import_id=found.id))


@blueprint.get("/imports/<int:import_id>/describe")
@opens_to(*MAY_EXCHANGE)
def describe_again(import_id: int) -> ResponseReturnValue:
    """Say anew what holds for all rows of a file that was looked through."""
    found = queries.import_of(principal().person_id, import_id)
    if found.state not in {ImportState.UPLOADED, ImportState.CHECKED}:
        raise NotFound
    return render_template("exchange/describe.html", found=found, form=_terms_form(found), **_columns(found))


@blueprint.post("/imports/<int:import_id>/describe")
@opens_to(*MAY_EXCHANGE)
@writes
def describe(import_id: int) -> ResponseReturnValue:
    """Say what holds for all rows, and let them be looked through."""
    found = _held(import_id)
    form = _terms_form(found)
    if not form.validate_on_submit():
        return render_template("exchange/describe.html", found=found, form=form, **_columns(found)), 400
    services.say_terms(found, form.terms(request.form, found.columns), by=current_actor(), now=clock.now())
    db.session.commit()
    return _here(found)


@blueprint.post("/imports/<int:import_id>/drafts")
@opens_to(*MAY_EXCHANGE)
@writes
def make_drafts(import_id: int) -> ResponseReturnValue:
    """Make drafts of all rows, or of none."""
    found = _held(import_id)
    try:
        batch_id = services.make_drafts(found, leaves_out="leaves_out" in request.form, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(queries.import_of(principal().person_id, import_id), words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    flash("Brought in as drafts. Fill in what is missing, and submit them for review.", "good")
    return redirect(url_for("authoring.batch", batch_id=batch_id))


@blueprint.post("/imports/<int:import_id>/give-up")
@opens_to(*MAY_EXCHANGE)
@writes
def give_up(import_id: int) -> ResponseReturnValue:
    """Bring nothing of it in."""
    found = _held(import_id)
    services.give_up(found, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("Given up. Nothing of the file came in.", "info")
    return redirect(url_for("exchange.index"))
