"""The attention list of trainers: what needs a look and why, each line with its figure and the page that mends it."""

from collections.abc import Sequence

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from training import clock
from training.accounts.queries import person_names
from training.accounts.rules import Role
from training.cases.queries import area_titles
from training.db import db
from training.errors import Refusal
from training.insights import services
from training.insights.forms import AsideForm, AttentionFilterForm, BackForm
from training.insights.queries import known_stems
from training.insights.rules.attention import Concern, Finding
from training.insights.services import Attention, Line
from training.insights.views.attention_words import CONCERN_WORDS, figure_text, mending, subject_text
from training.insights.views.blueprint import blueprint
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import page_in_query
from training.web.forms import choices_of
from training.web.navigation import Group, Place, add_place
from training.web.spreadsheets import table_file
from training.web.wording import words_for

LINES_A_PAGE = 50
LONGEST_EXCERPT = 160
HEADING = ("Why", "What", "Figure", "Page")

add_place(Place("insights.attention", "Needs a look", Group.DESK, 20, frozenset({Role.TRAINER}), inside=frozenset({"insights.aside"})))


@blueprint.get("/attention")
@opens_to(Role.TRAINER)
def attention() -> str:
    """What needs a look, or what was put aside."""
    return _page()


@blueprint.get("/attention/table.<file_format>")
@opens_to(Role.TRAINER)
def attention_table(file_format: str) -> ResponseReturnValue:
    """What needs a look as a file, every line of it."""
    _form, wanted = _filter(found := _found())
    areas = area_titles()
    lines = ((CONCERN_WORDS[each.concern][0], subject_text(each, areas), figure_text(each), mending(each)[0]) for each in found.open if _fits(each, wanted))
    return table_file("needs-a-look", HEADING, lines, file_format)


@blueprint.get("/attention/aside")
@opens_to(Role.TRAINER)
def aside() -> ResponseReturnValue:
    """Ask why a line is put aside."""
    form = AsideForm(formdata=None, data=request.args.to_dict())
    return _aside_page(form)


@blueprint.post("/attention/aside")
@opens_to(Role.TRAINER)
@writes
def put_aside() -> ResponseReturnValue:
    """Take a line off the list until it changes."""
    form = AsideForm()
    if not form.validate_on_submit():
        return _aside_page(form, 400)
    try:
        services.put_aside(_line(form), reason=form.reason.data or "", allow_public=_allow_public(), by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    flash("Put aside until it changes. It stands under “Put aside”, with your reason.", "good")
    return redirect(url_for("insights.attention"))


@blueprint.post("/attention/back")
@opens_to(Role.TRAINER)
@writes
def bring_back() -> ResponseReturnValue:
    """Put a line on the list again."""
    form = BackForm()
    if not form.validate_on_submit():
        return _page("Choose the line again."), 400
    try:
        services.bring_back(_line(form), by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    flash("It is on the list again.", "good")
    return redirect(url_for("insights.attention", show="aside"))


def _allow_public() -> bool:
    return bool(current_app.config["ALLOW_PUBLIC_ITEMS"])


def _found() -> Attention:
    return services.attention_list(allow_public=_allow_public(), now=clock.now())


def _line(form: BackForm) -> Line:
    return Line(Concern(form.concern.data or ""), form.subject.data or "", form.state.data or "")


def _fits(finding: Finding, concern: str) -> bool:
    return concern in ("", finding.concern)


def _filter(found: Attention) -> tuple[AttentionFilterForm, str]:
    form = AttentionFilterForm(formdata=request.args)
    counted = ((concern, f"{CONCERN_WORDS[concern][0]} ({found.count(concern)})") for concern in Concern)
    form.concern.choices = choices_of([("", f"Every reason ({len(found.open)})"), *counted])
    return form, form.concern.data or ""


def _page(problem: str | None = None) -> str:
    found = _found()
    form, concern = _filter(found)
    is_aside, page = form.show.data == "aside", page_in_query()
    rows = [(each, None) for each in found.open] if not is_aside else found.aside
    fitting = [row for row in rows if _fits(row[0], concern)]
    shown = fitting[(page - 1) * LINES_A_PAGE : page * LINES_A_PAGE]
    return render_template(
        "insights/attention.html",
        form=form,
        rows=shown,
        is_aside=is_aside,
        is_narrowed=bool(concern),
        excerpts=_excerpts([finding for finding, _entry in shown]),
        names=person_names({entry.by_id for _finding, entry in shown if entry is not None}),
        areas=area_titles(),
        page=page,
        has_more=len(fitting) > page * LINES_A_PAGE,
        narrowed={"concern": concern or None, "show": form.show.data or None},
        problem=problem,
        said={"concerns": CONCERN_WORDS, "figure": figure_text, "subject": subject_text, "mending": mending},
    )


def _excerpts(findings: Sequence[Finding]) -> dict[str, str]:
    """How items begin that the reader knows anyway; of all others nothing but the id is shown."""
    stems = known_stems(principal().person_id, {name for finding in findings for name in finding.names})
    return {slug: Markup(html).striptags()[:LONGEST_EXCERPT] for slug, html in stems.items()}


def _aside_page(form: AsideForm, status: int = 200) -> ResponseReturnValue:
    if (form.concern.data or "") not in set(Concern):
        return redirect(url_for("insights.attention"))
    found = services.attention_list(allow_public=_allow_public(), now=clock.now(), concern=Concern(form.concern.data or ""))
    finding = next((each for each in found.open if each.subject == form.subject.data), None)
    if finding is None:
        return redirect(url_for("insights.attention"))
    said = {"concern": CONCERN_WORDS[finding.concern], "figure": figure_text(finding), "subject": subject_text(finding, area_titles())}
    return render_template("insights/aside.html", form=form, said=said), status
