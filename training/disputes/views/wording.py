"""Saying that a clause is worded unclearly; for trainers, what was said, and the answer."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.accounts.rules import Role
from training.courses.models import ClauseVersion
from training.db import db
from training.disputes import queries, services
from training.disputes.forms import AnswerForm, RemarkForm
from training.disputes.queries import Remarked
from training.disputes.rules.wording import WordingRefusal
from training.disputes.views.blueprint import MAY_REVIEW, blueprint
from training.errors import NotFound
from training.web.access import current_actor, opens_to, opens_to_signed_in, principal, writes
from training.web.addresses import id_in_query
from training.web.wording import give_words

PAGE_SIZE = 30

give_words(
    {
        WordingRefusal.OWN: "You said this yourself, so somebody else answers.",
        WordingRefusal.ANSWERED_ALREADY: "Somebody has answered this already. What they said stands on its page.",
    }
)


def _is_trainer() -> bool:
    return Role.TRAINER in principal().roles


@blueprint.get("/wording")
@opens_to_signed_in
def wordings() -> str:
    """What I said of the policy's wording; for trainers, what everybody did."""
    found = queries.remarks_page(person_id=None if _is_trainer() else principal().person_id, before_id=id_in_query("before"), size=PAGE_SIZE)
    more = url_for("disputes.wordings", before=found[-1].remark.id) if len(found) == PAGE_SIZE else None
    names = person_names(each.remark.person_id for each in found)
    return render_template("disputes/wordings.html", found=found, more=more, names=names, is_trainer=_is_trainer())


@blueprint.get("/wording/<anchor>")
@opens_to_signed_in
def wording(anchor: str) -> ResponseReturnValue:
    """The form about a clause as it is worded now; what I said of it, where I did."""
    clause = queries.clause_in_force(anchor)
    made = queries.remark_by(principal().person_id, clause.id)
    if made is not None:
        return redirect(url_for("disputes.remark", remark_id=made.id))
    return _form_page(clause, RemarkForm())


@blueprint.post("/wording/<anchor>")
@opens_to_signed_in
@writes
def remark_on(anchor: str) -> ResponseReturnValue:
    """Say that it is unclear. A second click finds the first."""
    clause, form = queries.clause_in_force(anchor), RemarkForm()
    if not form.validate_on_submit():
        return _form_page(clause, form), 400
    made = services.remark_on(clause, reason=form.reason.data or "", by=current_actor(), now=clock.now())
    address = url_for("disputes.remark", remark_id=made.id)
    db.session.commit()
    flash("It is kept. A trainer answers, and you are told by mail.", "good")
    return redirect(address)


@blueprint.get("/remarks/<int:remark_id>")
@opens_to_signed_in
def remark(remark_id: int) -> str:
    """One remark: mine, or for trainers anybody's."""
    return _remark_page(_remarked(remark_id), AnswerForm())


@blueprint.post("/remarks/<int:remark_id>/answer")
@opens_to(*MAY_REVIEW)
@writes
def answer_remark(remark_id: int) -> ResponseReturnValue:
    """Answer."""
    found, form = _remarked(remark_id), AnswerForm()
    if not form.validate_on_submit():
        return _remark_page(found, form), 400
    site_url = current_app.config["PUBLIC_URL"]
    services.answer_remark(found.remark, found.clause, words=form.words.data or "", site_url=site_url, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("Your answer is kept and sent.", "good")
    return redirect(url_for("disputes.remark", remark_id=remark_id))


def _remarked(remark_id: int) -> Remarked:
    """The remark. Raises NotFound, for another's too unless a trainer asks."""
    found = queries.remarked(remark_id)
    if found.remark.person_id != principal().person_id and not _is_trainer():
        raise NotFound(remark_id)
    return found


def _form_page(clause: ClauseVersion, form: RemarkForm) -> str:
    return render_template("disputes/wording.html", clause=clause, module=clause.module_version.module, title=clause.module_version.title, form=form)


def _remark_page(found: Remarked, form: AnswerForm) -> str:
    is_own = found.remark.person_id == principal().person_id
    names = person_names([found.remark.person_id])
    return render_template(
        "disputes/remark.html", found=found, form=form, names=names, is_own=is_own, may_answer=_is_trainer() and not is_own and found.answer is None
    )
