"""A pack on paper: A4 pages with page numbers, the hash of the signed file, and where it is kept. Brings `fpdf` and fonts along."""

from pathlib import Path
from tempfile import TemporaryDirectory

from training.insights.rendering.paper import Paper
from training.insights.rendering.people import tell_people
from training.insights.rendering.sheet import Sheet
from training.insights.rendering.summary import tell_limits, tell_queues, tell_summary, tell_totals
from training.insights.rendering.words import REASONS, WORDS

__all__ = ["REASONS", "WORDS", "Sheet", "pack_pdf"]


def pack_pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF. The same sheet gives the same bytes."""
    with TemporaryDirectory() as folder:
        paper = Paper(sheet, Path(folder))
        tell_summary(paper, sheet)
        tell_totals(paper, sheet)
        tell_queues(paper, sheet)
        tell_people(paper, sheet)
        tell_limits(paper)
        return bytes(paper.output())
