"""One file's text made into the document that its place asks for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from pydantic import BaseModel, ValidationError

from training.content_store.documents.kinds import DOCUMENT_CLASSES
from training.content_store.documents.markdown_reading import read_module_file
from training.content_store.rules.folder import Broken, Source
from training.content_store.rules.kinds import TAXONOMY_SLUG, Kind
from training.documents.faults import Fault, field_name
from training.documents.validation import problems_of
from training.documents.yaml_reading import ReadYaml, Trouble, Unreadable, read_yaml

_ID = re.compile(r"^id:[ \t]*[\"']?(?P<slug>[\w-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a file's text holds: a sound document, or a broken one with its faults."""

    source: Source[BaseModel] | None
    broken: Broken | None
    faults: tuple[Fault, ...]


def read_document(path: PurePosixPath, text: str, kind: Kind) -> ReadDocument:
    """The document in a text, and everything that is wrong in it."""
    try:
        read = read_module_file(text) if kind is Kind.MODULE else read_yaml(text)
    except Unreadable as unreadable:
        return _broken(kind, text, [_fault(path, unreadable.trouble)])
    faults = [_fault(path, trouble) for trouble in read.troubles]
    if not isinstance(read.value, dict):
        return _broken(kind, text, [*faults, Fault(str(path), 1, "", "holds no document", "write its fields as `name: value` lines")])
    try:
        document = DOCUMENT_CLASSES[kind].model_validate(read.value)
    except ValidationError as error:
        return _broken(kind, text, [*faults, *_field_faults(path, kind, read, error)])
    slug = TAXONOMY_SLUG if kind is Kind.TAXONOMY else str(read.value["id"])
    return ReadDocument(Source(kind, slug, str(path), text, document, read.lines), None, tuple(faults))


def _broken(kind: Kind, text: str, faults: list[Fault]) -> ReadDocument:
    written = _ID.search(text)
    slug = TAXONOMY_SLUG if kind is Kind.TAXONOMY else written["slug"] if written else ""
    return ReadDocument(None, Broken(kind, slug, text), tuple(faults))


def _fault(path: PurePosixPath, trouble: Trouble) -> Fault:
    return Fault(str(path), trouble.line, trouble.field, trouble.problem, trouble.remedy)


def _field_faults(path: PurePosixPath, kind: Kind, read: ReadYaml, error: ValidationError) -> Iterator[Fault]:
    for where, words in problems_of(error, read.lines, DOCUMENT_CLASSES[kind]):
        yield Fault(str(path), read.lines.of(where), field_name(where), *words)
