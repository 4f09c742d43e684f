"""A content folder as plain values: its documents with their lines, and its pictures and recordings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar, cast

from pydantic import BaseModel

from training.cases.documents import CaseDocument
from training.content_store.rules.kinds import Kind
from training.courses.documents import ModuleDocument
from training.documents import FieldPath, content_hash
from training.documents.faults import Fault, Lines, field_name
from training.exams.documents import ItemDocument

D = TypeVar("D", bound=BaseModel, covariant=True)
AnyDocument = TypeVar("AnyDocument", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Source(Generic[D]):
    """One document as the folder has it: its kind and id, its file, the file's text, what it says, and the line of each field."""

    kind: Kind
    slug: str
    path: str
    text: str
    document: D
    lines: Lines = field(repr=False)

    def fault(self, path: FieldPath, problem: str, remedy: str = "") -> Fault:
        """A fault of one of its fields."""
        return Fault(self.path, self.lines.of(path), field_name(path), problem, remedy)

    def fault_at(self, line: int, field_text: str, problem: str, remedy: str = "") -> Fault:
        """A fault on a line of its Markdown."""
        return Fault(self.path, line, field_text, problem, remedy)


@dataclass(frozen=True, slots=True)
class MediaSource:
    """A picture or recording that documents may show: what they call it, its file, and the hash of its bytes."""

    name: str
    path: str
    sha256: str
    extent: tuple[float, ...] = ()
    """Width and height of a picture, seconds of a recording."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A document that has faults of its own: what names it must not be told that it does not exist."""

    kind: Kind
    slug: str
    text: str


@dataclass(frozen=True)
class Folder:
    """Everything that could be read. `faults` are what could not, what is wrong inside documents, and what between them."""

    sources: tuple[Source[BaseModel], ...]
    media: Mapping[str, MediaSource]
    faults: tuple[Fault, ...] = ()
    broken: tuple[Broken, ...] = ()

    def names(self, kind: Kind) -> frozenset[str]:
        """The ids of all documents of a kind, broken ones too."""
        sound = {source.slug for source in self.sources if source.kind is kind}
        return frozenset(sound | {document.slug for document in self.broken_of(kind)})

    def broken_of(self, kind: Kind) -> tuple[Broken, ...]:
        """The broken documents of a kind."""
        return tuple(document for document in self.broken if document.kind is kind)

    @cached_property
    def _by_class(self) -> Mapping[type[BaseModel], Mapping[str, Source[BaseModel]]]:
        found: dict[type[BaseModel], dict[str, Source[BaseModel]]] = {}
        for source in self.sources:
            found.setdefault(type(source.document), {}).setdefault(source.slug, source)
        return found

    def hash_of(self, source: Source[BaseModel]) -> str:
        """What this document of the folder says and shows, as a hash."""
        return meaning_hash(source.document, {name: medium.sha256 for name, medium in self.media.items()})

    def of(self, document_class: type[AnyDocument]) -> Mapping[str, Source[AnyDocument]]:
        """The documents of one class by id."""
        return cast(Mapping[str, Source[AnyDocument]], self._by_class.get(document_class, {}))


def meaning_hash(document: BaseModel, media: Mapping[str, str]) -> str:
    """The same for two documents exactly when they say and show the same; `media` are the hashes of the pictures and recordings there are, by name.

    What was corrected or changed since the version before is said of a change, and is none itself. A module that translates none says what it always said.
    """
    said = document.model_dump(mode="json", by_alias=True, exclude={"editorial", "changes"})
    if said.get("translates") is None:
        said.pop("translates", None)
    shown = {name: media.get(name) for name in files_of(document)}
    return content_hash([said, shown] if shown else said)


def files_of(document: BaseModel) -> tuple[str, ...]:
    """The pictures and recordings that a document shows, by name."""
    return document.media_files if isinstance(document, CaseDocument | ItemDocument | ModuleDocument) else ()


def doubled(sources: Iterable[Source[BaseModel]]) -> list[Fault]:
    """Documents whose id another of their kind has too, each told where the other is."""
    first: dict[tuple[Kind, str], Source[BaseModel]] = {}
    faults: list[Fault] = []
    for source in sources:
        other = first.setdefault((source.kind, source.slug), source)
        if other is not source:
            faults.append(source.fault(("id",), f"`{source.slug}` is the id of {other.path} too", "give one of them another id"))
    return faults
