"""What a policy module writes beyond plain Markdown: clause and check blocks, examples, links by id, sections."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_any

from training.courses.rules.blocks import EXAMPLE_WORDS

ANATOMY = {"Rule.": "clause-rule", "Why.": "clause-why", "Aturan.": "clause-rule", "Alasan.": "clause-why"} | {
    f"{word}:": f"example example-{kind.value}" for words in EXAMPLE_WORDS.values() for kind, word in words.items()
}
"""The bold words that open a paragraph or list item of a clause, in any language that has them, and the class it then gets."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def check_address(slug: str) -> str:
    """The page of a check. The practice room, which owns it, is above this one: only the address is known here."""
    return f"/practice/checks/{slug}"


class ClauseBlock(Block):  # type: ignore[misc]
    """`/// clause | PRO-03.a`: a section whose anchor is the code in lower case, with its code as heading and its labels as chips."""

    NAME = "clause"
    ARGUMENT = True
    OPTIONS = {"labels": [[], type_any]}  # noqa: RUF012

    def on_create(self, parent: Element) -> Element:
        """The section with its head; the clause's own Markdown follows in it."""
        anchor = self.argument.strip().lower()
        section = SubElement(parent, "section", {"class": "clause", "id": anchor, "aria-labelledby": f"{anchor}-heading"})
        head = SubElement(section, "div", {"class": "clause-head"})
        SubElement(head, "h6", {"class": "clause-heading", "id": f"{anchor}-heading"}).text = self.argument.strip()
        chips = SubElement(head, "ul", {"class": "label-chips", "title": "Labels that this clause decides"})
        for label in self._labels():
            SubElement(chips, "li", {"class": "label-chip"}).text = label
        return section

    def _labels(self) -> list[str]:
        written = self.options["labels"]
        return [str(label) for label in (written if isinstance(written, list) else [written])]


class CheckBlock(Block):  # type: ignore[misc]
    """`/// check | check-pro-medicine`: a box that leads to a small practice set."""

    NAME = "check"
    ARGUMENT = True

    def on_create(self, parent: Element) -> Element:
        """The box with its link; whatever the author writes inside follows."""
        slug = self.argument.strip()
        box = SubElement(parent, "aside", {"class": "module-check", "id": slug})
        line = SubElement(box, "p", {"class": "module-check-lead"})
        SubElement(line, "strong").text = "Check yourself."
        line[0].tail = " A few cases on what you have just read. "
        SubElement(line, "a", {"class": "module-check-link", "href": check_address(slug)}).text = "Open the check"
        return box


class ModuleBlocks(BlocksExtension):  # type: ignore[misc]
    """Makes the two blocks known."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: object) -> None:  # noqa: N802
        """Called by pymdownx."""
        for block in (ClauseBlock, CheckBlock):
            block_mgr.register(block, {})  # type: ignore[attr-defined]


class _BeforeContents(Treeprocessor):
    """Clause headings one level below the heading they follow; examples marked; links resolved."""

    def __init__(self, md: Markdown, module: "ModuleMarkdown") -> None:
        super().__init__(md)
        self.slug, self.own_clauses, self.pictures = module.slug, module.own_clauses, module.pictures

    def run(self, root: Element) -> None:
        _level_clause_headings(root)
        for element in root.iter():
            if element.tag in {"p", "li"}:
                _mark_anatomy(element)
            elif element.tag == "a":
                element.set("href", self._address(element.get("href", "")))
            elif element.tag == "img":
                self._show(element)
        for listing in root.iter("ul"):
            if len(listing) and all("example" in item.get("class", "").split() for item in listing):
                listing.set("class", "examples")

    def _show(self, element: Element) -> None:
        """A picture where it is one of the module's; else what it shows in words, for pictures from elsewhere are never loaded."""
        address = self.pictures.get(element.get("src", ""))
        if address is not None:
            element.set("src", address)
            return
        shows = element.get("alt", "")
        for name in list(element.keys()):
            del element.attrib[name]
        element.tag, element.text = "em", shows

    def _address(self, href: str) -> str:
        kind, _, name = href.partition(":")
        if kind == "module":
            return f"/handbook/{name}"
        if kind == "clause":
            return f"/handbook/{self.slug}#{name.lower()}" if name in self.own_clauses else f"/handbook/clauses/{name}"
        return href


def _level_clause_headings(root: Element) -> None:
    level = 1
    for element in root.iter():
        if element.tag not in HEADINGS:
            continue
        if element.get("class") == "clause-heading":
            element.tag = f"h{min(level + 1, 6)}"
        else:
            level = HEADINGS.index(element.tag) + 1


def _mark_anatomy(element: Element) -> None:
    first = element[0] if len(element) and not (element.text or "").strip() else None
    if first is not None and first.tag == "p" and element.tag == "li":
        first = first[0] if len(first) and not (first.text or "").strip() else None
    if first is not None and first.tag == "strong" and (name := ANATOMY.get(first.text or "")):
        element.set("class", name)


class _Sections(Treeprocessor):
    """Everything from one second-level heading to the next is a section named by that heading."""

    def run(self, root: Element) -> None:
        children = list(root)
        for child in children:
            root.remove(child)
        root.extend(_gathered(children))


def _gathered(children: list[Element]) -> Iterator[Element]:
    section: Element | None = None
    for child in children:
        if child.tag == "h2":
            if section is not None:
                yield section
            section = Element("section", {"class": "module-section", "aria-labelledby": child.get("id", "")})
        if section is None:
            yield child
        else:
            section.append(child)
    if section is not None:
        yield section


class ModuleMarkdown(Extension):
    """All of it, for one module: its slug, the clauses that are its own, and the address of each picture by how it is cited."""

    def __init__(self, slug: str, own_clauses: frozenset[str], pictures: Mapping[str, str]) -> None:
        super().__init__()
        self.slug = slug
        self.own_clauses = own_clauses
        self.pictures = pictures

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Called by Markdown. Priorities: inline is 20, the contents list 5."""
        ModuleBlocks().extendMarkdown(md)
        md.treeprocessors.register(_BeforeContents(md, self), "module_anatomy", 15)
        md.treeprocessors.register(_Sections(md), "module_sections", 3)
