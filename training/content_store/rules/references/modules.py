"""Policy modules: their blocks, clauses, links, and whether every label of the area is ruled on."""

import re
from collections.abc import Collection, Iterator, Mapping

from training.cases.documents import TaxonomyDocument
from training.content_store.rules.folder import Folder, MediaSource, Source
from training.content_store.rules.kinds import Kind
from training.content_store.rules.references.names import missing
from training.courses.documents import ModuleDocument
from training.courses.rules.blocks import Block, ExampleKind, blocks_in, clauses_in, example_words, examples_in
from training.courses.rules.pictures import pictures_in
from training.documents import is_clause_code
from training.documents.faults import Fault

BLOCK_KINDS = ("clause", "check")
CLAUSE_OPTIONS = ("labels",)
_LINK = re.compile(r"\]\((?P<kind>module|clause):(?P<name>[^)\s#]*)")
_HTML = re.compile(r"</?[A-Za-z][^>]*>|<!--")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^>\s]*>|<[^@>\s]+@[^@>\s]+>")
_CODE = re.compile(r"`+[^`]*`+")
_TOP_HEADING = re.compile(r"^#\s")

Module = Source[ModuleDocument]


def labels_of(folder: Folder) -> dict[str, str]:
    """The area of every label that the taxonomy lists; none where the taxonomy cannot be read."""
    return {label.code: label.area for taxonomy in folder.of(TaxonomyDocument).values() for label in taxonomy.document.labels}


def originals_in(folder: Folder) -> tuple[Module, ...]:
    """The modules that hold rules: translations tell those of others."""
    return tuple(module for module in folder.of(ModuleDocument).values() if module.document.original is None)


def clause_codes(folder: Folder) -> frozenset[str]:
    """Every clause of every module, broken ones too."""
    bodies = [module.document.body for module in originals_in(folder)]
    broken = [module.text for module in folder.broken_of(Kind.MODULE)]
    return frozenset(block.argument for text in (*bodies, *broken) for block in clauses_in(text))


def _line(module: Module, line: int) -> int:
    """The line of the file, of a line of the body."""
    return module.lines.of(("body",)) + line - 1


def module_faults(folder: Folder) -> Iterator[Fault]:
    """Everything wrong between modules, the taxonomy and the checks."""
    modules, checks, clauses = folder.names(Kind.MODULE), folder.names(Kind.CHECK), clause_codes(folder)
    labels = labels_of(folder)
    yield from _clauses_written_twice(folder)
    for module in folder.of(ModuleDocument).values():
        for block in blocks_in(module.document.body):
            yield from _block_faults(module, block, checks)
        for block in clauses_in(module.document.body):
            yield from _clause_faults(module, block)
            yield from _label_faults(module, block, labels) if labels else ()
        yield from _link_faults(module, modules, clauses | {block.argument for block in clauses_in(module.document.body)})
        yield from _text_faults(module)
        yield from _picture_faults(module, folder.media)
    if labels and not folder.broken_of(Kind.MODULE):
        yield from _uncovered_labels(folder, labels)


def _block_faults(module: Module, block: Block, checks: Collection[str]) -> Iterator[Fault]:
    line = _line(module, block.line)
    where = f"{block.kind} {block.argument}".strip()
    if block.kind not in BLOCK_KINDS:
        yield module.fault_at(line, "body", f"there is no block `{block.kind}`", f"blocks are {' and '.join(BLOCK_KINDS)}")
        return
    if not block.is_closed:
        yield module.fault_at(line, where, "this block is not closed", "end it with a line ///")
    for name, _ in block.options:
        if block.kind != "clause" or name not in CLAUSE_OPTIONS:
            yield module.fault_at(line, where, f"has an option `{name}` that nobody reads", "a clause has the option `labels`, a check has none")
    if block.kind == "check" and block.argument not in checks:
        yield module.fault_at(line, where, f"there is no check `{block.argument}`", "write one that exists, or add courses/checks/…")


def _clause_faults(module: Module, block: Block) -> Iterator[Fault]:
    line = _line(module, block.line)
    where = f"clause {block.argument}"
    if not is_clause_code(block.argument):
        yield module.fault_at(line, where, "is not written as clause codes are", "a label's code and a letter: PRO-03.b")
    if not block.labels:
        yield module.fault_at(line, where, "names no labels", "write `    labels: [PRO-03]` under its first line, four spaces deep")
    missing_kinds = [kind.value for kind in ExampleKind if kind not in examples_in(block.text)]
    if missing_kinds:
        yield module.fault_at(
            line, where, f"shows no example that is {' or '.join(missing_kinds)}", f"open a list item with {_opened_with(module.document.language)}"
        )


def _opened_with(language: str) -> str:
    """The words that open the three examples, in the module's language where there are such, else in English."""
    words = [f"**{word}:**" for word in example_words(language)]
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _label_faults(module: Module, block: Block, labels: dict[str, str]) -> Iterator[Fault]:
    line = _line(module, block.line)
    where = f"clause {block.argument}"
    for label in block.labels:
        if label not in labels:
            yield module.fault_at(line, where, f"there is no label `{label}`", "write one that taxonomy.yaml lists")
        elif labels[label] != module.document.area:
            yield module.fault_at(line, where, f"label {label} is of the area {labels[label]}", f"this module is about {module.document.area}")


def _link_faults(module: Module, modules: Collection[str], clauses: Collection[str]) -> Iterator[Fault]:
    for number, line in enumerate(module.document.body.split("\n"), start=1):
        for link in _LINK.finditer(line):
            known = modules if link["kind"] == "module" else clauses
            if link["name"] not in known:
                yield module.fault_at(
                    _line(module, number), "body", f"links to the {link['kind']} `{link['name']}`, which does not exist", "write one that exists"
                )


def _text_faults(module: Module) -> Iterator[Fault]:
    for number, line in enumerate(module.document.body.split("\n"), start=1):
        plain = _AUTOLINK.sub("", _CODE.sub("", line))
        if found := _HTML.search(plain):
            yield module.fault_at(_line(module, number), "body", f"holds HTML ({found.group()[:30]}), which is shown as it is written", "say it in Markdown")
        if _TOP_HEADING.match(line):
            yield module.fault_at(_line(module, number), "body", "has a heading of the first level, which is the title's", "begin with ##")


def _picture_faults(module: Module, media: Mapping[str, MediaSource]) -> Iterator[Fault]:
    """Every picture is of the content folder, is there, and is told to who cannot see it."""
    for picture in pictures_in(module.document.body):
        line = _line(module, picture.line)
        if not picture.is_own:
            yield module.fault_at(
                line, "body", f"shows a picture from elsewhere ({picture.cited[:60]})", "put the file into policies/media and cite media/name.png"
            )
        elif f"policies/{picture.cited}" not in media:
            yield module.fault_at(line, "body", f"there is no picture policies/{picture.cited}", "add it, or correct the name")
        if not picture.shows:
            yield module.fault_at(line, "body", "shows a picture and does not say what it shows", f"say it between the brackets: ![…]({picture.cited[:60]})")


def _clauses_written_twice(folder: Folder) -> Iterator[Fault]:
    first: dict[str, tuple[Module, int]] = {}
    for module in originals_in(folder):
        for block in clauses_in(module.document.body):
            line = _line(module, block.line)
            other, other_line = first.setdefault(block.argument, (module, line))
            if (other, other_line) != (module, line):
                yield module.fault_at(
                    line, f"clause {block.argument}", f"is written at {other.path}:{other_line} too", "a clause has one place; give one of them another letter"
                )


def _uncovered_labels(folder: Folder, labels: dict[str, str]) -> Iterator[Fault]:
    modules = originals_in(folder)
    for area, language in sorted({(module.document.area, module.document.language) for module in modules}):
        here = [module for module in modules if (module.document.area, module.document.language) == (area, language)]
        ruled = {label for module in here for block in clauses_in(module.document.body) for label in block.labels}
        for label in sorted(label for label, its_area in labels.items() if its_area == area and label not in ruled):
            yield here[0].fault(("area",), f"no clause rules on label {label}", f"write a clause with `labels: [{label}]`")
        if area not in set(labels.values()):
            yield from missing(here[0], ("area",), area, set(labels.values()), "area")
