"""A proposal to suspend: its evidence, and what a person makes of it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person as person_by_id
from training.accounts.queries import person_names
from training.cases.queries import taxonomy
from training.certification.queries import PublishedCertification, certifications
from training.db import db
from training.errors import NotFound, Refusal
from training.quality import queries, services
from training.quality.forms import ProposalForm
from training.quality.models import SuspensionProposal
from training.quality.rules import ProposalVerdict
from training.quality.views.blueprint import MAY_DECIDE, MAY_SEE, above, blueprint
from training.quality.views.tables import AUDIT_HEADING, audit_lines
from training.web.access import current_actor, opens_to, principal, writes
from training.web.spreadsheets import table_file
from training.web.wording import words_for


@blueprint.get("/proposals/<int:proposal_id>")
@opens_to(*MAY_SEE)
def proposal(proposal_id: int) -> str:
    """The figures, the audits behind them, and what was decided."""
    return _page(_seen(proposal_id), ProposalForm(formdata=None))


@blueprint.get("/proposals/<int:proposal_id>/audits.<file_format>")
@opens_to(*MAY_SEE)
def proposal_file(proposal_id: int, file_format: str) -> ResponseReturnValue:
    """The audits that it counted, as they were known then."""
    found = _seen(proposal_id)
    audits = queries.evidence_behind(found, _certification(found).slug)
    return table_file(f"proposal-{found.id}", AUDIT_HEADING, audit_lines(audits, above().queue_titles(clock.now())), file_format)


@blueprint.post("/proposals/<int:proposal_id>")
@opens_to(*MAY_DECIDE)
@writes
def decide_proposal(proposal_id: int) -> ResponseReturnValue:
    """Suspend, or dismiss the proposal."""
    form, found = ProposalForm(), _seen(proposal_id)
    if not form.validate_on_submit():
        return _page(found, form), 400
    try:
        _decide(found, form)
    except Refusal as refusal:
        db.session.rollback()
        form.reason.errors = [words_for(refusal.reason)]
        return _page(found, form), 409
    db.session.commit()
    flash("It is decided; the gate knows it from now on.", "good")
    return redirect(url_for("quality.proposal", proposal_id=proposal_id))


def _decide(found: SuspensionProposal, form: ProposalForm) -> None:
    reason, by, now = form.reason.data or "", current_actor(), clock.now()
    if form.verdict.data == ProposalVerdict.CONFIRMED:
        services.confirm_proposal(found, _certification(found), reason=reason, by=by, now=now)
    else:
        services.dismiss_proposal(found, reason=reason, by=by, now=now)


def _seen(proposal_id: int) -> SuspensionProposal:
    """The proposal, about somebody whom the reader looks after. Raises NotFound."""
    found = queries.proposal(proposal_id)
    if not queries.may_see(principal().person_id, principal().roles, found.person_id, at=clock.now()):
        raise NotFound(proposal_id)
    return found


def _certification(found: SuspensionProposal) -> PublishedCertification:
    return next(each for each in certifications() if each.id == found.certification_id)


def _page(found: SuspensionProposal, form: ProposalForm) -> str:
    held, now = _certification(found), clock.now()
    current = next((each for each in queries.live_quality([found.person_id], now=now) if each.certification.id == held.id), None)
    return render_template(
        "quality/proposal.html",
        proposal=found,
        whose=person_by_id(found.person_id),
        certification=held,
        current=current,
        audits=queries.evidence_behind(found, held.slug),
        queue_titles=above().queue_titles(now),
        label_titles=taxonomy().titles,
        names=person_names({found.decided_by_id} if found.decided_by_id else ()),
        may_decide=bool(principal().roles.intersection(MAY_DECIDE)),
        form=form,
    )
