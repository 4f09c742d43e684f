"""XML read safely: nothing outside the text is ever looked at, no text stands for another, and nothing grows beyond its limits.

A document type declaration is refused as such: without one XML has no entities but its own five, so nothing can be expanded and nothing fetched.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape

from training.cases.importing.records import BrokenFile

DEEPEST = 60
MOST_ELEMENTS = 20_000
"""Of one question."""
LONGEST_TEXT = 4_000_000
"""Characters of one question."""
TOO_LARGE = "leave pictures out, or divide it"


@dataclass(slots=True)
class Element:
    """One element: its name without its namespace, its attributes likewise, and the texts and elements in it, in order."""

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    content: list["Element | str"] = field(default_factory=list)

    @property
    def children(self) -> Iterator["Element"]:
        """The elements in it."""
        return (each for each in self.content if isinstance(each, Element))

    def child(self, name: str) -> "Element | None":
        """The first element of this name in it."""
        return next((each for each in self.children if each.name == name), None)

    def all(self, name: str) -> list["Element"]:
        """Every element of this name in it, directly."""
        return [each for each in self.children if each.name == name]

    def descendants(self) -> Iterator["Element"]:
        """Every element in it, at any depth, in order."""
        for each in self.children:
            yield each
            yield from each.descendants()

    @property
    def text(self) -> str:
        """All of the text in it, at any depth."""
        return "".join(each if isinstance(each, str) else each.text for each in self.content)

    def text_of(self, *path: str) -> str:
        """The text of the element at this path; nothing where there is none."""
        found: Element | None = self
        for name in path:
            found = found.child(name) if found else None
        return found.text.strip() if found else ""


class _Builder:
    """Builds the elements at one depth (1 is the root), and hands them out as they end."""

    def __init__(self, depth: int) -> None:
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.root: Element | None = None
        self.done: list[Element] = []
        self._depth = depth
        self._level = 0
        self._open: list[Element] = []
        self._elements = self._characters = 0

    def _refuse_doctype(self, *_: object) -> None:
        problem = "declares a document type, by which a small file can stand for a huge one or for others"
        raise BrokenFile(self.parser.CurrentLineNumber, problem, "remove the <!DOCTYPE …>; no format that is read here needs it")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._level > DEEPEST:
            raise BrokenFile(self.parser.CurrentLineNumber, f"elements stand more than {DEEPEST} deep in one another", "no question needs that")
        namespace, _, local = name.rpartition(" ")
        element = Element(local, namespace, {key.rpartition(" ")[2]: value for key, value in attributes.items()}, self.parser.CurrentLineNumber)
        if self._level == 1:
            self.root = element
        if self._level < self._depth:
            return
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise BrokenFile(element.line, f"one question has more than {MOST_ELEMENTS:,} elements", TOO_LARGE)
        if self._open:
            self._open[-1].content.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._level -= 1
        if not self._open:
            return
        element = self._open.pop()
        if not self._open:
            self.done.append(element)
            self._elements = self._characters = 0

    def _text(self, text: str) -> None:
        if not self._open:
            return
        self._characters += len(text)
        if self._characters > LONGEST_TEXT:
            raise BrokenFile(self.parser.CurrentLineNumber, f"one question holds more than {LONGEST_TEXT:,} characters", TOO_LARGE)
        self._open[-1].content.append(text)


def elements(pieces: Iterable[bytes], *, depth: int, root: str) -> Iterator[Element]:
    """The elements at this depth (1 is the root itself) as they end, of a file whose root has this name. Raises BrokenFile, with the line."""
    builder = _Builder(depth)
    try:
        for piece in pieces:
            builder.parser.Parse(piece, False)
            yield from _drained(builder, root)
        builder.parser.Parse(b"", True)
    except ExpatError as error:
        raise BrokenFile(
            error.lineno, f"this is not XML: {str(error).partition(':')[0]}", "export it again; the file may be cut short or edited by hand"
        ) from None
    except (LookupError, ValueError):
        raise BrokenFile(1, "says that it is written in an encoding that cannot be read", "save it as UTF-8") from None
    yield from _drained(builder, root)


def _drained(builder: _Builder, root: str) -> Iterator[Element]:
    if builder.root is not None and builder.root.name != root:
        raise BrokenFile(builder.root.line, f"begins with <{builder.root.name}>, where <{root}> is expected", "is it the right file?")
    done, builder.done = builder.done, []
    yield from done


def whole(held: bytes, root: str) -> Element:
    """The one element of a file that is held in memory. Raises BrokenFile."""
    for element in elements([held], depth=1, root=root):
        return element
    raise BrokenFile(1, "holds no element", "is it the right file?")


def quoted(text: str) -> str:
    """A text as XML writes it, between elements or in an attribute. What XML cannot hold is left out: it cannot be seen."""
    return escape("".join(sign for sign in text if sign >= " " or sign in "\n\t"), {'"': "&quot;"})
