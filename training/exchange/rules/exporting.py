"""Items written in a format of other programs, all of them together, with a list of what did not come along."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from training.exams.documents import ItemDocument
from training.exchange.rules.gift import gift_text
from training.exchange.rules.items import question_of
from training.exchange.rules.json_lines import json_line
from training.exchange.rules.moodle import MOODLE_BEGIN, MOODLE_END, moodle_xml
from training.exchange.rules.qti import qti_item, qti_package
from training.exchange.rules.questions import Loss, NotCarried, Question, Written
from training.exchange.rules.tables import COLUMNS, cells_of
from training.exchange.rules.wording import SIGNS_LEFT_OUT

LONGEST_CELL = 32_767
"""Characters of a cell of a spreadsheet."""


class ExportFormat(StrEnum):
    """In what items are taken away."""

    GIFT = "gift"
    MOODLE = "moodle"
    QTI = "qti"
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Carrying:
    """One item in a format: its text with its tags, or nothing where the format has nothing like it, and what is lost."""

    item: ItemDocument
    text: str | None
    tags: tuple[str, ...]
    losses: tuple[Loss, ...]


_WRITERS: Mapping[ExportFormat, Callable[[Question], Written]] = {
    ExportFormat.GIFT: gift_text,
    ExportFormat.MOODLE: moodle_xml,
    ExportFormat.QTI: qti_item,
}


_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WITHOUT_UNSEEN = frozenset({ExportFormat.MOODLE, ExportFormat.QTI, ExportFormat.XLSX})
"""What cannot hold signs that cannot be seen."""


def carried(items: Iterable[ItemDocument], into: ExportFormat) -> list[Carrying]:
    """Each item in this format."""
    return [_carry(item, into) for item in items]


def _carry(item: ItemDocument, into: ExportFormat) -> Carrying:
    unseen = (Loss(SIGNS_LEFT_OUT),) if into in _WITHOUT_UNSEEN and any(_UNSEEN.search(cell) for cell in cells_of(item).values()) else ()
    if into not in _WRITERS:
        too_long = into is ExportFormat.XLSX and any(len(cell) > LONGEST_CELL for cell in cells_of(item).values())
        if too_long:
            return Carrying(item, None, (), (Loss(f"it has a text of more than {LONGEST_CELL:,} characters"),))
        return Carrying(item, json_line(item) if into is ExportFormat.JSONL else "", (), unseen)
    try:
        question, tag_losses = question_of(item)
        written = _WRITERS[into](question)
    except NotCarried as error:
        return Carrying(item, None, (), (Loss(str(error)),))
    return Carrying(item, written.text, question.tags, (*tag_losses, *written.losses, *unseen))


def text_of(found: Iterable[Carrying], into: ExportFormat) -> bytes:
    """The file of a format that is not a table."""
    along = [each for each in found if each.text is not None]
    if into is ExportFormat.QTI:
        return qti_package((each.item.id, each.text or "", each.tags) for each in along)
    body = "".join(each.text or "" for each in along)
    return (MOODLE_BEGIN + body + MOODLE_END if into is ExportFormat.MOODLE else body).encode()


def table_of(found: Iterable[Carrying]) -> list[list[str]]:
    """The rows of a table, below `COLUMNS`."""
    return [[cells[name] for name in COLUMNS] for each in found if each.text is not None for cells in (cells_of(each.item),)]
