"""What the body of a QTI item says: as Markdown where others wrote it, and just as it was where we did.

Our own texts stand in elements of the class `markdown`: a paragraph for what is between empty lines, a break for a line's end.
"""

from collections.abc import Iterator

from training.exchange.rules.gift.blocks import BLANK
from training.exchange.rules.markdown_texts import MarkdownMaker
from training.exchange.rules.xml_reading import Element, quoted

INTERACTIONS = frozenset({"choiceInteraction", "orderInteraction", "textEntryInteraction", "extendedTextInteraction"})
_APART = frozenset({"rubricBlock", "modalFeedback", "feedbackBlock", "feedbackInline"})


def is_ours(element: Element) -> bool:
    """Whether its text is written as it was, signs and all."""
    return "markdown" in element.attributes.get("class", "").split()


def written(text: str, name: str = "div", more: str = "") -> str:
    """A text as such an element; `more` are attributes of it."""
    paragraphs = (f"<p>{quoted(part).replace(chr(10), '<br/>')}</p>" for part in text.split("\n\n"))
    return f'<{name} class="markdown"{more}>{"".join(paragraphs)}</{name}>'


def _exact(element: Element) -> str:
    return "\n\n".join("".join(_pieces(paragraph)) for paragraph in element.all("p"))


def _pieces(paragraph: Element) -> Iterator[str]:
    for each in paragraph.content:
        yield each if isinstance(each, str) else "\n" if each.name == "br" else "".join(_pieces(each))


def _walk(element: Element, maker: MarkdownMaker, passed_over: frozenset[str]) -> None:
    for each in element.content:
        if isinstance(each, str):
            maker.text(each)
        elif each.name == "textEntryInteraction":
            maker.text(f" {BLANK} ")
        elif each.name not in passed_over:
            maker.start(each.name, each.attributes)
            _walk(each, maker, passed_over)
            maker.end(each.name)


def said(element: Element, *, is_plain: bool = False) -> tuple[str, int]:
    """What an element says as Markdown or plain text, and how many pictures it showed."""
    ours = element if is_ours(element) else _only_child(element)
    if ours is not None and is_ours(ours):
        return _exact(ours), 0
    maker = MarkdownMaker(is_plain=is_plain)
    _walk(element, maker, _APART)
    return maker.made(), maker.picture_count


def _only_child(element: Element) -> Element | None:
    texts = [each for each in element.content if isinstance(each, str) and each.strip()]
    children = list(element.children)
    return children[0] if len(children) == 1 and not texts else None


def stem_of(body: Element) -> tuple[str, int]:
    """What is asked: all of the body but the options, what only markers see, and the passage."""
    ours = next((each for each in body.children if is_ours(each) and each.name == "div"), None)
    if ours is not None:
        return _exact(ours), 0
    maker = MarkdownMaker()
    _walk(body, maker, _APART | {"simpleChoice", "blockquote"} if _is_essay(body) else _APART | {"simpleChoice"})
    return maker.made(), maker.picture_count


def _is_essay(body: Element) -> bool:
    return any(each.name == "extendedTextInteraction" for each in body.descendants())


def passage_of(body: Element) -> str:
    """What an essay answers: its quotation."""
    found = next((each for each in body.descendants() if each.name == "blockquote"), None) if _is_essay(body) else None
    return said(found, is_plain=True)[0] if found is not None else ""
