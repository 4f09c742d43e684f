"""The handbook: its shelf, its modules, what changed in them, and the search."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.courses import queries
from training.courses.models import Module, ModuleVersion
from training.courses.rules.changes import changes_between
from training.courses.rules.versions import Version, is_still_read, step_between
from training.courses.views.blueprint import MAY_ASSIGN, blueprint
from training.errors import NotFound
from training.media.queries import media_file
from training.media.serving import response_of
from training.web.access import opens_to_signed_in, principal
from training.web.addresses import page_in_query

PAGE_SIZE = 20
LAST_PAGE = 50


@blueprint.get("/handbook")
@opens_to_signed_in
def handbook() -> str:
    """Every module, and how far the reader is in each."""
    person_id = principal().person_id
    return render_template(
        "courses/handbook.html",
        modules=[module for module in queries.current_modules() if module.original_id is None],
        translations=translations_by_original(),
        read_counts=queries.sections_read_counts(person_id),
        acknowledged=queries.newest_acknowledged(person_id),
        is_still_read=is_still_read,
    )


@blueprint.get("/handbook/search")
@opens_to_signed_in
def search() -> str:
    """Passages that hold the words asked for."""
    asked = request.args.get("q", "").strip()[:200]
    page = page_in_query(last=LAST_PAGE)
    found = queries.search_handbook(asked, count=PAGE_SIZE + 1, skipped=(page - 1) * PAGE_SIZE)
    return render_template("courses/search.html", asked=asked, page=page, found=found[:PAGE_SIZE], has_more=len(found) > PAGE_SIZE and page < LAST_PAGE)


@blueprint.get("/handbook/clauses/<code>")
@opens_to_signed_in
def clause(code: str) -> ResponseReturnValue:
    """A clause's lasting address: it leads to wherever the clause stands now."""
    found = queries.clause_by_code(code)
    return redirect(url_for("courses.module", slug=found.module_slug, _anchor=found.anchor))


def translations_by_original() -> dict[str, list[queries.Translation]]:
    """Every translation, by the id of what it translates."""
    found: dict[str, list[queries.Translation]] = {}
    for translation in queries.translations():
        found.setdefault(translation.original_slug, []).append(translation)
    return found


def _version_asked_for(module: Module, text: str) -> ModuleVersion:
    try:
        return queries.module_version(module.id, Version.parse(text))
    except ValueError:
        raise NotFound from None


def module_page(module: Module, version: ModuleVersion) -> str:
    """A version of a module as its reader sees it."""
    person_id = principal().person_id
    return render_template(
        "courses/module.html",
        module=module,
        version=version,
        is_current=version.id == module.current_version_id,
        read=queries.sections_read(person_id, version.id),
        acknowledgement=queries.acknowledgement(person_id, version.id),
        acknowledged=queries.newest_acknowledged(person_id).get(module.slug),
        before=queries.newest_read_before(person_id, module),
        translation=(translation := queries.translation_at(module.id)),
        known_original=queries.newest_acknowledged(person_id).get(translation.original_slug) if translation else None,
        translations=queries.translations_of(module.id),
        passed=queries.passed_checks(person_id),
        is_still_read=is_still_read,
        step_between=step_between,
        may_assign=bool(principal().roles.intersection(MAY_ASSIGN)),
    )


@blueprint.get("/handbook/<slug>")
@opens_to_signed_in
def module(slug: str) -> str:
    """A module as it stands now."""
    found = queries.module_by_slug(slug)
    if found.current_version is None:
        raise NotFound
    return module_page(found, found.current_version)


@blueprint.get("/handbook/<slug>/versions/<number>")
@opens_to_signed_in
def old_version(slug: str, number: str) -> str:
    """A module as it once stood."""
    found = queries.module_by_slug(slug)
    return module_page(found, _version_asked_for(found, number))


@blueprint.get("/handbook/<slug>/versions/<number>/pictures/<name>")
@opens_to_signed_in
def picture(slug: str, number: str, name: str) -> Response:
    """A picture that a version of a module shows."""
    version = _version_asked_for(queries.module_by_slug(slug), number)
    file = media_file(version.pictures[name]) if name in version.pictures else None
    if file is None:
        raise NotFound
    return response_of(file)


@blueprint.get("/handbook/<slug>/changes")
@opens_to_signed_in
def changes(slug: str) -> str:
    """What is different now from a version: the one asked for, else the one the reader knows, else the one before."""
    found = queries.module_by_slug(slug)
    current, *older = queries.versions_of(found.id)
    asked = request.args.get("from")
    old = _version_asked_for(found, asked) if asked else queries.newest_read_before(principal().person_id, found) or next(iter(older), None)
    return render_template(
        "courses/changes.html",
        module=found,
        current=current,
        old=old,
        older=older,
        changes=changes_between(old.passages, current.passages) if old else (),
        step_between=step_between,
    )
