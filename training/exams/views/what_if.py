"""What if: who would pass or not if an item of an exam counted for nobody, or if it asked for more or less. Nothing is kept."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.accounts.queries import person_names
from training.errors import NotFound
from training.exams.forms import WhatIfForm
from training.exams.queries import PublishedExam
from training.exams.queries.what_if import versions_of_slug
from training.exams.rules.rulings import RulingKind
from training.exams.rules.what_if import SUPPOSABLE, Supposition
from training.exams.services.what_if import MOST_LOOKED_AT, Moved, WhatIf, what_if
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES, DESK_ROLES
from training.exams.views.exam_desk import chosen_exam
from training.exams.views.regrades import MOST_LISTED
from training.web.access import opens_to, principal
from training.web.spreadsheets import Cell, table_file

HEADING = ("Name", "Attempt", "Share before", "Share after", "Passed", "Would pass")


@blueprint.get("/exams/desk/exams/<slug>/what-if")
@opens_to(*ANALYSIS_ROLES)
def what_if_exam(slug: str) -> ResponseReturnValue:
    """Who would change; another key is tried out on the page where keys are ruled on."""
    form, (exam, _versions) = _form(), chosen_exam(slug)
    versions = versions_of_slug(form.slug) if form.slug else []
    if not form.says_something:
        return _page(exam, form)
    if not _is_sound(form, versions):
        return _page(exam, form), 400
    if form.slug and RulingKind(form.what.data) not in SUPPOSABLE:
        return redirect(url_for("exams.ruling", version_id=versions[0]))
    return _page(exam, form, what_if(exam, _supposed(form, versions)), versions)


@blueprint.get("/exams/desk/exams/<slug>/what-if.<file_format>")
@opens_to(*DESK_ROLES)
def what_if_table(slug: str, file_format: str) -> ResponseReturnValue:
    """Everybody who would change, as a file."""
    form, (exam, _versions) = _form(), chosen_exam(slug)
    versions = versions_of_slug(form.slug) if form.slug else []
    if not (form.says_something and _is_sound(form, versions) and RulingKind(form.what.data) in SUPPOSABLE):
        raise NotFound(file_format)
    found = what_if(exam, _supposed(form, versions))
    names = person_names(each.person_id for each in found.moved)
    return table_file(f"{slug}-{exam.document.version}-what-if", HEADING, [_line(names[each.person_id], each) for each in found.moved], file_format)


def _form() -> WhatIfForm:
    """What the address supposes."""
    form = WhatIfForm(formdata=request.args)
    form.offer_keys(to_trainer="trainer" in principal().roles)
    return form


def _is_sound(form: WhatIfForm, versions: list[int]) -> bool:
    """Whether the form can be read, and the bank has the item that it names."""
    is_read = form.validate()
    if is_read and form.slug and not versions:
        form.item.errors = ["The bank has no item of this id."]
    return is_read and bool(versions or not form.slug)


def _supposed(form: WhatIfForm, versions: list[int]) -> Supposition:
    return Supposition(tuple(versions), RulingKind(form.what.data), form.cut.data)


def _page(exam: PublishedExam, form: WhatIfForm, found: WhatIf | None = None, versions: list[int] | None = None) -> str:
    names_people = bool(set(DESK_ROLES) & principal().roles)
    listed = found.moved[:MOST_LISTED] if found and names_people else ()
    return render_template(
        "exams/desk/what_if.html",
        exam=exam,
        form=form,
        found=found,
        listed=listed,
        names=person_names(each.person_id for each in listed),
        names_people=names_people,
        item_version_id=versions[0] if versions else None,
        most_looked_at=MOST_LOOKED_AT,
    )


def _line(name: str, each: Moved) -> list[Cell]:
    before, after = ("no", "yes") if each.would_pass else ("yes", "no")
    return [name, each.attempt, round(each.share_before, 4), round(each.share_after, 4), before, after]
