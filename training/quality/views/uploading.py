"""Audits from a sheet: first what would become of them, then the same for good."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage

from training import clock
from training.accounts.rules import Role
from training.config import organisation_zone, secrets_of
from training.db import db
from training.errors import Refusal
from training.quality.documents import AuditRow
from training.quality.forms import UploadForm
from training.quality.rules import FAULT_WORDS, NEEDED, POSSIBLE, AuditOutcome, Sampling
from training.quality.services import Sent, Sheet, Taken, read_sheet, take_audits
from training.quality.views.blueprint import above, blueprint
from training.web.access import current_actor, opens_to, principal, writes
from training.web.spreadsheets import table_file
from training.web.wording import words_for

MAY_UPLOAD = (Role.QA, Role.TRAINER)
CHECK_LASTS = 12 * 3600
"""For how many seconds what was checked may be taken down."""
EXAMPLE = (
    *("qa-4711", "name@example.org", "listing-claims-id", "2026-11-20 09:30", "random", "REMOVE|REMOVE+STRIKE", "APPROVE"),
    *("CLM-01", "OUT-00", "no", "product-claims@1.2.0", "id", "", "What the person reads."),
)


@blueprint.get("/upload")
@opens_to(*MAY_UPLOAD)
def upload() -> str:
    """Choose a sheet, and read how one is written."""
    return _page(UploadForm(formdata=None))


@blueprint.get("/upload/example.<file_format>")
@opens_to(*MAY_UPLOAD)
def example_file(file_format: str) -> ResponseReturnValue:
    """A sheet with every column and one row."""
    return table_file("audits", (*NEEDED, *POSSIBLE), [EXAMPLE], file_format)


@blueprint.post("/upload")
@opens_to(*MAY_UPLOAD)
def check_upload() -> ResponseReturnValue:
    """Say what would become of every row; nothing is written down."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        sheet = _sheet(form.sheet.data)
    except Refusal as refusal:
        form.sheet.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(form), 400
    taken = take_audits(sheet.sent, required=above().required, by=current_actor(), now=clock.now(), is_rehearsal=True)
    faults = dict(sorted(({**sheet.faults} | {line: FAULT_WORDS[fault] for line, fault in taken.faults}).items()))
    return render_template("quality/checked.html", outcomes=taken.outcomes, kinds=AuditOutcome, faults=faults, checked=_signed(sheet, taken))


@blueprint.post("/upload/take")
@opens_to(*MAY_UPLOAD)
@writes
def take_upload() -> ResponseReturnValue:
    """Take down what was checked. The same again changes nothing."""
    try:
        rows = _signer().loads(request.form.get("checked", ""), max_age=CHECK_LASTS)
    except BadSignature:
        flash("The check is too old, or was somebody else’s. Upload the sheet again.", "bad")
        return redirect(url_for("quality.upload"))
    sent = [Sent(place, AuditRow.model_validate(row)) for place, row in enumerate(rows)]
    taken = take_audits(sent, required=above().required, by=current_actor(), now=clock.now())
    db.session.commit()
    counts = {outcome: taken.outcomes[outcome] for outcome in AuditOutcome}
    flash(f"Taken down: {counts[AuditOutcome.NEW]} new, {counts[AuditOutcome.CORRECTED]} corrected, {counts[AuditOutcome.UNCHANGED]} known before.", "good")
    return redirect(url_for("quality.upload"))


def _sheet(uploaded: FileStorage) -> Sheet:
    """What the file holds. It is kept nowhere."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet{Path(uploaded.filename or '').suffix[:10]}"
        uploaded.save(path)
        return read_sheet(path, organisation_zone())


def _signer() -> URLSafeTimedSerializer:
    """What is checked comes back as it went, from whoever checked it."""
    return URLSafeTimedSerializer(secrets_of(current_app.config)[::-1], salt=f"checked-audits-{principal().person_id}")


def _signed(sheet: Sheet, taken: Taken) -> str:
    """The rows that can be taken, to be sent back."""
    refused: Mapping[int, Any] = dict(taken.faults)
    return str(_signer().dumps([each.row.model_dump(mode="json") for each in sheet.sent if each.place not in refused]))


def _page(form: UploadForm) -> str:
    zone = current_app.config["ORGANISATION_TIME_ZONE"]
    return render_template("quality/upload.html", form=form, samplings=list(Sampling), zone=zone)
