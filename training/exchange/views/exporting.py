"""Items on their way out: chosen, told what the format does not carry, and taken away."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from training import clock
from training.cases.queries import area_titles
from training.db import db
from training.errors import Refusal
from training.exchange import queries, services
from training.exchange.forms import ChooseForm, ExportForm
from training.exchange.rules.exporting import ExportFormat, table_of, text_of
from training.exchange.rules.tables import COLUMNS, guarded
from training.exchange.services import Export
from training.exchange.views.blueprint import MAY_EXCHANGE, blueprint
from training.web.access import current_actor, opens_to, writes
from training.web.forms import choices_of
from training.web.spreadsheets import table_file
from training.web.wording import words_for

NAMES = {ExportFormat.GIFT: ("items.gift.txt", "text/plain; charset=utf-8"), ExportFormat.MOODLE: ("items.moodle.xml", "application/xml")} | {
    ExportFormat.QTI: ("items.qti.zip", "application/zip"),
    ExportFormat.JSONL: ("items.jsonl", "application/jsonl; charset=utf-8"),
}


@blueprint.get("/export")
@opens_to(*MAY_EXCHANGE)
def choose() -> str:
    """Choose items by their ids; no list says what they ask."""
    form = ChooseForm(request.args)
    form.area.choices = choices_of([("", "Every area"), *area_titles().items()])
    is_sought = bool(form.q.data or form.area.data)
    slugs = queries.item_slugs(sought=(form.q.data or "")[:60], area=(form.area.data or "")[:3]) if is_sought else []
    return _page(ExportForm(formdata=None, data={"ids": "\n".join(slugs)}), filters=form)


def _page(form: ExportForm, *, filters: ChooseForm | None = None, export: Export | None = None) -> str:
    if filters is None:
        filters = ChooseForm(formdata=None)
        filters.area.choices = choices_of([("", "Every area"), *area_titles().items()])
    return render_template("exchange/export.html", form=form, filters=filters, export=export)


@blueprint.post("/export")
@opens_to(*MAY_EXCHANGE)
def foresee() -> ResponseReturnValue:
    """Say what the format does not carry of these items."""
    form = ExportForm()
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        export = services.foresee(form.slugs, ExportFormat(form.into.data))
    except Refusal as refusal:
        form.ids.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(form), 409
    return _page(form, export=export)


@blueprint.post("/export/file")
@opens_to(*MAY_EXCHANGE)
@writes
def take_away() -> ResponseReturnValue:
    """Take these items away, and never sit them."""
    form = ExportForm()
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        export = services.take_away(form.slugs, ExportFormat(form.into.data), by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.ids.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(form), 409
    db.session.commit()
    return _file(export)


def _file(export: Export) -> Response:
    if export.into in {ExportFormat.CSV, ExportFormat.XLSX}:
        rows = table_of(export.found)
        cells = [[guarded(cell) if cell.startswith("'") else cell for cell in row] for row in rows] if export.into is ExportFormat.CSV else rows
        return table_file("items", COLUMNS, cells, export.into.value)
    name, content_type = NAMES[export.into]
    return Response(text_of(export.found, export.into), content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
