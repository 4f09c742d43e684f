"""A certificate on paper: a PDF page with a QR code. Brings `fpdf` and fonts along: only who makes one imports this.

The same certificate gives the same bytes, whoever asks and whenever: the file's own date is the award's.
"""

import io
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import segno
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from pymupdf_fonts import fontbuffers

FONTS = {"": "figo", "B": "figbo"}
"""FiraGO (SIL Open Font License) by style: Latin with every mark of Vietnamese, Thai, Arabic, Devanagari, Greek, Cyrillic; no Chinese, Japanese or Korean."""
INK, SOFT, LINE = (28, 36, 40), (88, 100, 106), (12, 93, 98)
MARGIN = 22
QR_SIDE = 38
"""Millimetres, its quiet zone of four modules included."""
MISPLACED = re.compile("ญ[\u0e31\u0e34-\u0e37\u0e47-\u0e4e]")
"""Marks above this letter the font puts beside it; where it has one, marks stay where they are drawn."""
NAME_SIZES = range(36, 15, -2)
"""Sizes in points that a name may have, the largest first; a longer one is broken into lines."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on the paper, in words."""

    organisation: str
    holder: str
    title: str
    summary: str
    valid_from: str
    valid_until: str
    number: str
    address: str
    """Where anybody verifies it; the QR code says the same."""
    awarded_at: datetime


def certificate_pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF of one page, A4 across."""
    with TemporaryDirectory() as folder:
        pdf = _blank(sheet, Path(folder))
        _frame(pdf)
        _words(pdf, sheet)
        _foot(pdf, sheet)
        return bytes(pdf.output())


def _blank(sheet: Sheet, folder: Path) -> FPDF:
    pdf = FPDF(orientation="landscape", format="A4")
    pdf.set_creation_date(sheet.awarded_at)
    pdf.set_title(f"{sheet.title} – {sheet.holder}")
    pdf.set_author(sheet.organisation)
    pdf.set_lang("en")
    pdf.set_auto_page_break(False)
    pdf.set_margin(MARGIN)
    for style, name in FONTS.items():
        path = folder / f"{name}.ttf"
        path.write_bytes(fontbuffers[name]())
        pdf.add_font("FiraGO", style, path)
    pdf.add_page()
    return pdf


def _frame(pdf: FPDF) -> None:
    pdf.set_draw_color(*LINE)
    pdf.set_line_width(0.9)
    pdf.rect(10, 10, pdf.w - 20, pdf.h - 20)


def _line(pdf: FPDF, text: str, *, size: int, style: str = "", colour: tuple[int, int, int] = INK, gap: float = 0) -> None:
    """A paragraph over the whole width, and the gap below it in millimetres."""
    pdf.set_font("FiraGO", style, size)
    pdf.set_text_color(*colour)
    pdf.set_text_shaping(True, features={"mark": False, "mkmk": False} if MISPLACED.search(text) else None)
    pdf.multi_cell(0, size * 0.48, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(gap)


def _words(pdf: FPDF, sheet: Sheet) -> None:
    pdf.set_y(26)
    _line(pdf, sheet.organisation, size=14, colour=SOFT, gap=7)
    _line(pdf, "Certificate", size=15, style="B", colour=LINE, gap=5)
    _line(pdf, sheet.holder, size=_size_of(pdf, sheet.holder), style="B", gap=4)
    _line(pdf, "holds the certification", size=12, colour=SOFT, gap=4)
    _line(pdf, sheet.title, size=22, style="B", gap=4)
    _line(pdf, sheet.summary, size=11, colour=SOFT)


def _size_of(pdf: FPDF, name: str) -> int:
    for size in NAME_SIZES:
        pdf.set_font("FiraGO", "B", size)
        if pdf.get_string_width(name) <= pdf.epw - 2 * pdf.c_margin:
            return size
    return NAME_SIZES[-1]


def _foot(pdf: FPDF, sheet: Sheet) -> None:
    """Until when, under which number, and how to verify it."""
    top = pdf.h - 18 - QR_SIDE
    code = io.BytesIO()
    segno.make(sheet.address, error="m", micro=False).save(code, kind="png", scale=8, border=4)
    pdf.image(code, x=pdf.w - MARGIN - QR_SIDE, y=top, w=QR_SIDE, h=QR_SIDE, alt_text=f"QR code of {sheet.address}")
    pdf.set_y(top + 4)
    for label, text in (("Valid", f"{sheet.valid_from} – {sheet.valid_until}"), ("Number", sheet.number), ("Verify at", sheet.address)):
        pdf.set_font("FiraGO", "", 10)
        pdf.set_text_color(*SOFT)
        pdf.cell(24, 8, label)
        pdf.set_text_color(*INK)
        pdf.multi_cell(pdf.epw - QR_SIDE - 30, 8, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
