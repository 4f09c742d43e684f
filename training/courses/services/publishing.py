"""Publish modules and courses: a text that differs makes a new version, which never changes again."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import delete

from training.actors import Actor
from training.audit.services import record
from training.courses.documents import CourseDocument, ModuleDocument
from training.courses.models import Clause, ClauseVersion, Course, CourseVersion, Module, ModuleVersion, Passage
from training.courses.queries import known_clauses, known_course, known_module
from training.courses.rendering import ClauseText, RenderedModule, picture_address, render_module
from training.courses.rules.outline import contents_of
from training.courses.rules.search import words_of
from training.courses.rules.versions import ModuleRefusal, may_publish
from training.db import db
from training.documents import content_hash
from training.errors import Refusal
from training.media.models import MediaFile


def publish_module(document: ModuleDocument, *, media: Mapping[str, MediaFile] | None = None, now: datetime, by: Actor) -> bool:
    """Make this the module's current version, rendered once for all its readers. Returns whether anything changed.

    `media` are the pictures there are, by their path below the content folder.

    Raises Refusal where the text changed and the version number was not raised, and where what it translates is not published or used to be something else.
    """
    module = known_module(document.id) or Module(slug=document.id, area=document.area, language=document.language)
    latest, original_id = module.current_version, _original_id(document)
    if latest is not None and module.original_id != original_id:
        raise Refusal(ModuleRefusal.ORIGINAL_IS_ANOTHER, module=document.id, original=module.original.slug if module.original else "nothing")
    said = document.content_hash()
    is_same_text = latest is not None and latest.content_hash == said
    if reason := may_publish(document.number, latest=latest.version if latest else None, is_same_text=is_same_text):
        raise Refusal(reason, module=document.id, version=document.version, latest=str(latest.version) if latest else "")
    if is_same_text:
        return False
    db.session.add(module)
    module.area, module.language, module.original_id = document.area, document.language, original_id
    db.session.flush()
    _publish(module, document, _shown(document, media or {}), said, now=now)
    record("module.published", by=by, subject=("module", document.id), now=now, detail={"version": document.version, "content_hash": said})
    return True


def _original_id(document: ModuleDocument) -> int | None:
    """The module that this one translates; nothing of an original."""
    if document.original is None:
        return None
    original = known_module(document.original.slug)
    if original is None:
        raise Refusal(ModuleRefusal.ORIGINAL_MISSING, module=document.id, original=document.original.slug)
    return original.id


def _shown(document: ModuleDocument, media: Mapping[str, MediaFile]) -> dict[str, str]:
    """The hash of each picture that it shows, by its file's name. Raises Refusal where one is not there."""
    for path in document.media_files:
        if path not in media:
            raise Refusal(ModuleRefusal.PICTURE_MISSING, module=document.id, file=path)
    return {PurePosixPath(path).name: media[path].sha256 for path in document.media_files}


def _publish(module: Module, document: ModuleDocument, shown: Mapping[str, str], said: str, *, now: datetime) -> None:
    addresses = {f"media/{name}": picture_address(document.id, document.version, name) for name in shown}
    rendered = render_module(document.body, slug=document.id, pictures=addresses)
    version = _version(module, document, rendered)
    version.outline = {**version.outline, "pictures": dict(shown)}
    version.content_hash, version.published_at = said, now
    db.session.add(version)
    db.session.flush()
    if document.original is None:
        _store_clauses(module, version, rendered.clauses)
    _replace_passages(module, rendered, title=document.title)
    module.current_version = version
    db.session.flush()


def _version(module: Module, document: ModuleDocument, rendered: RenderedModule) -> ModuleVersion:
    """Everything that a page of this version needs, so that showing it renders nothing."""
    number, outline = document.number, outline_of(rendered)
    return ModuleVersion(
        module_id=module.id,
        major=number.major,
        minor=number.minor,
        patch=number.patch,
        title=document.title,
        summary=document.summary,
        source=document.body,
        html=rendered.html,
        outline=outline,
        section_count=len(contents_of(outline["entries"])),
        word_count=sum(len(passage.text.split()) for passage in rendered.passages),
        followed=str(document.original.version) if document.original else None,
    )


def outline_of(rendered: RenderedModule) -> dict[str, Any]:
    """What a version keeps of its page beside the page: the entries of its contents list, its checks and its passages."""
    clauses = {f"{clause.code.lower()}-heading": clause for clause in rendered.clauses}
    entries = [
        {"kind": "clause", "level": heading.level, "anchor": clauses[heading.anchor].code.lower(), "title": heading.title}
        if heading.anchor in clauses
        else {"kind": "section", "level": heading.level, "anchor": heading.anchor, "title": heading.title}
        for heading in rendered.headings
    ]
    passages = [{"anchor": passage.anchor, "title": passage.title, "text": passage.text, "is_clause": passage.is_clause} for passage in rendered.passages]
    return {"entries": entries, "checks": list(rendered.checks), "passages": passages}


def _store_clauses(module: Module, version: ModuleVersion, clauses: tuple[ClauseText, ...]) -> None:
    known = known_clauses(clause.code for clause in clauses)
    for position, text in enumerate(clauses):
        clause = known.get(text.code) or Clause(code=text.code)
        clause.module_id = module.id
        db.session.add(
            ClauseVersion(
                clause=clause,
                module_version_id=version.id,
                position=position,
                labels=list(text.labels),
                html=text.html,
                text=text.text,
                content_hash=content_hash([text.text, list(text.labels)]),
            )
        )


def _replace_passages(module: Module, rendered: RenderedModule, *, title: str) -> None:
    db.session.execute(delete(Passage).where(Passage.module_id == module.id))
    for position, passage in enumerate(rendered.passages):
        named = passage.title or title
        db.session.add(
            Passage(
                module_id=module.id,
                position=position,
                anchor=passage.anchor,
                title=named,
                text=passage.text,
                title_words=" ".join(words_of(named)),
                words=" ".join(words_of(passage.text)),
            )
        )


def publish_course(document: CourseDocument, *, now: datetime, by: Actor) -> bool:
    """Make this the course's current version. Returns whether anything changed."""
    course = known_course(document.id) or Course(slug=document.id)
    latest = course.current_version
    said = document.content_hash()
    if latest is not None and latest.content_hash == said:
        return False
    db.session.add(course)
    db.session.flush()
    number = latest.number + 1 if latest else 1
    written: Mapping[str, object] = document.model_dump(mode="json")
    course.current_version = CourseVersion(course_id=course.id, number=number, document=dict(written), content_hash=said, published_at=now)
    db.session.flush()
    record("course.published", by=by, subject=("course", document.id), now=now, detail={"number": number, "content_hash": said})
    return True
