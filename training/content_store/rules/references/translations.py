"""Translations of modules: their original, the version that they follow, and whether they tell what it rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from training.content_store.rules.folder import Folder, Source
from training.content_store.rules.kinds import Kind
from training.content_store.rules.reading_level import paragraphs_in
from training.content_store.rules.references.modules import Module
from training.content_store.rules.references.names import missing
from training.courses.documents import ModuleDocument
from training.courses.rules.translations import Original, is_behind
from training.documents import FieldPath
from training.documents.faults import Fault

_PATH: FieldPath = ("translates",)


@dataclass(frozen=True, slots=True)
class Behind:
    """A translation whose original has gone on, and the version that the original is at."""

    translation: Module
    follows: Original
    current: str


def behind_in(folder: Folder) -> tuple[Behind, ...]:
    """The translations of a folder that have fallen behind, by id. They are no faults: whoever reads one is told."""
    modules = folder.of(ModuleDocument)
    return tuple(
        Behind(module, follows, modules[follows.slug].document.version)
        for _, module in sorted(modules.items())
        if (follows := module.document.original) and follows.slug in modules and is_behind(follows.version, modules[follows.slug].document.number)
    )


FEWEST_TRANSLATED = 12
"""Words of a paragraph, from which on nobody says the same in two languages: shorter ones may be names and numbers alone."""


def translations_of(folder: Folder, slug: str) -> tuple[Module, ...]:
    """The translations of this module, by id."""
    return tuple(module for _, module in sorted(folder.of(ModuleDocument).items()) if module.document.original and module.document.original.slug == slug)


def translation_faults(folder: Folder) -> Iterator[Fault]:
    """A translation tells one original of its own area in another language, of a version that there is, and all of its clauses once it has caught up."""
    modules = folder.of(ModuleDocument)
    for module in modules.values():
        if (follows := module.document.original) is None:
            continue
        yield from missing(module, _PATH, follows.slug, folder.names(Kind.MODULE), "module")
        if module.document.changes is not None:
            yield module.fault(("changes",), "is said of rules, and a translation holds none of its own", "leave it out")
        if (original := modules.get(follows.slug)) is not None:
            yield from _faults_beside(module, original, follows)


def _faults_beside(module: Module, original: Module, follows: Original) -> Iterator[Fault]:
    if original.document.original is not None:
        yield module.fault(_PATH, f"`{follows.slug}` is a translation itself", f"translate `{original.document.original.slug}`")
    elif original.document.language == module.document.language:
        yield module.fault(("language",), f"is that of `{follows.slug}` too", "a translation is in another language")
    if original.document.area != module.document.area:
        yield module.fault(("area",), f"is {module.document.area}, and `{follows.slug}` is about {original.document.area}", "write the area of the original")
    if follows.version > original.document.number:
        problem = f"follows version {follows.version}, and `{follows.slug}` is at {original.document.version}"
        yield module.fault(_PATH, problem, "write the version that was translated")
    elif not is_behind(follows.version, original.document.number):
        yield from _clause_faults(module, original)
    yield from _untold_faults(module, original)


def _untold_faults(module: Module, original: Module) -> Iterator[Fault]:
    """A paragraph that says word for word what the original says was not translated yet."""
    said = {paragraph.text for paragraph in paragraphs_in(original.document.body)}
    for paragraph in paragraphs_in(module.document.body):
        if paragraph.word_count >= FEWEST_TRANSLATED and paragraph.text in said:
            line = module.lines.of(("body",)) + paragraph.line - 1
            yield module.fault_at(line, "body", f"says word for word what {original.path} says", "translate this paragraph")


def _clause_faults(module: Module, original: Module) -> Iterator[Fault]:
    """What has caught up tells every clause, of the same labels, and no other."""
    ruled, told = ({block.argument: block for block in each.document.clauses} for each in (original, module))
    for code in ruled.keys() - told.keys():
        remedy = f"translate it; or raise the version of `{original.slug}`, if its clause is new: the translation is then behind"
        yield module.fault(_PATH, f"does not tell clause {code}, which {original.path} has", remedy)
    for code, block in told.items():
        line = module.lines.of(("body",)) + block.line - 1
        if code not in ruled:
            yield module.fault_at(line, f"clause {code}", f"is no clause of {original.path}", "take it out: a translation holds no rules of its own")
        elif set(block.labels) != set(ruled[code].labels):
            yield module.fault_at(line, f"clause {code}", "decides other labels than in the original", f"write `labels: [{', '.join(ruled[code].labels)}]`")


def named_translations(source: Source[BaseModel], path: FieldPath, names: Iterable[tuple[str | int, str]], folder: Folder) -> Iterator[Fault]:
    """A fault for each of these modules, by where it is named, that is a translation: what people know is its original."""
    modules = folder.of(ModuleDocument)
    for place, slug in names:
        if slug in modules and (original := modules[slug].document.original) is not None:
            yield source.fault((*path, place), f"`{slug}` is a translation", f"name `{original.slug}`: who reads it in another language knows it as well")
