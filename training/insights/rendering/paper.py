"""The pages themselves: fonts, headings, paragraphs, tables, the foot of each page."""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import segno
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from fpdf.fonts import FontFace
from pymupdf_fonts import fontbuffers

from training.insights.rendering.sheet import Sheet
from training.insights.rendering.words import REASONS, WORDS

FONTS = {"": "figo", "B": "figbo"}
"""FiraGO (SIL Open Font License): Latin, Thai, Arabic, Devanagari, Greek, Cyrillic; no Chinese, Japanese or Korean."""
INK, SOFT, LINE, BAND = (28, 36, 40), (88, 100, 106), (12, 93, 98), (232, 240, 240)
MARGIN, QR_SIDE = 18, 34
LINE_HEIGHT, PADDING = 4.2, 0.8
"""Of a table, in millimetres."""
MOST_LINES = 45
"""In one cell: its row is to fit a page. What is cut stands in the file."""
SHAPED = re.compile("[\u0590-\u0fff]")
"""Scripts whose letters change beside one another; shaping others would only take time."""


class Paper(FPDF):
    """A4 pages that carry the pack's number, the hash of the signed file and their own number."""

    def __init__(self, sheet: Sheet, folder: Path) -> None:
        super().__init__(format="A4")
        self.sheet, self.words, self.reasons = sheet, WORDS[sheet.about.language], REASONS[sheet.about.language]
        self.titles, self.names = sheet.titles, sheet.names
        self.set_creation_date(sheet.about.made_at)
        self.set_title(f"{self.words['title']} {sheet.about.number}")
        self.set_author(sheet.about.issuer.name)
        self.set_lang(sheet.about.language)
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, margin=22)
        for style, name in FONTS.items():
            path = folder / f"{name}.ttf"
            path.write_bytes(fontbuffers[name]())
            self.add_font("FiraGO", style, path)
        self.add_page()

    def footer(self) -> None:
        """The foot of a page, which the library asks for."""
        self.set_y(-17)
        self.set_font("FiraGO", "", 7)
        self.set_text_color(*SOFT)
        self.set_text_shaping(False)
        page = f"{self.words['page']} {self.page_no()} / {{nb}}"
        self.cell(0, 4, f"{self.words['number']} {self.sheet.about.number}  ·  {page}", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.cell(0, 4, f"SHA-256 {self.sheet.sha256}")

    def said(self, text: str, *, size: float = 9.5, style: str = "", colour: tuple[int, int, int] = INK, gap: float = 1.5) -> None:
        """A paragraph, and the gap below it in millimetres."""
        self._set(text, size, style, colour)
        self.multi_cell(0, size * 0.5, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(gap)

    def heading(self, text: str, *, level: int = 2) -> None:
        """A heading, never alone at the foot of a page."""
        if self.will_page_break(34):
            self.add_page()
        self.ln(4 if level == 2 else 2)
        self.said(text, size=14 if level == 2 else 11, style="B", colour=LINE if level == 2 else INK, gap=2)

    def facts(self, rows: Sequence[tuple[str, str]], *, width: float = 0) -> None:
        """Names and values, one a line."""
        for name, value in rows:
            self._set(name, 9, "", SOFT)
            self.cell(38, 4.8, name)
            self._set(value, 9, "", INK)
            self.multi_cell((width or self.epw) - 38, 4.8, value, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)

    def rows(self, headings: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
        """A table whose headings come again on each page; nothing where it has no rows."""
        if not rows:
            return
        self._set("".join(text for row in rows for text in row), 8, "", INK)
        self.set_draw_color(*SOFT)
        self.set_line_width(0.1)
        style = FontFace(emphasis="BOLD", color=INK, fill_color=BAND)
        inside = [self.epw * width / sum(widths) - 2 * PADDING for width in widths]
        with self.table(
            [list(headings), *([self._cut(cell, width) for cell, width in zip(row, inside, strict=True)] for row in rows)],
            col_widths=tuple(widths),
            line_height=LINE_HEIGHT,
            text_align="LEFT",
            v_align="TOP",
            headings_style=style,
            borders_layout="HORIZONTAL_LINES",
            padding=PADDING,
        ):
            pass
        self.ln(3)

    def _cut(self, text: str, width: float) -> str:
        """A cell's text in as many lines as a row can have; few letters need no look."""
        if len(text) <= 200 and text.count("\n") < 12:
            return text
        lines: Any = self.multi_cell(width, LINE_HEIGHT, text, dry_run=True, output=MethodReturnValue.LINES)
        return text if len(lines) <= MOST_LINES else "\n".join([*lines[: MOST_LINES - 1], "…"])

    def code(self, text: str, *, at: float) -> None:
        """A QR code at the right margin, so many millimetres below the top."""
        picture = io.BytesIO()
        segno.make(text, error="m", micro=False).save(picture, kind="png", scale=6, border=4)
        self.image(picture, x=self.w - MARGIN - QR_SIDE, y=at, w=QR_SIDE, h=QR_SIDE, alt_text=f"QR code of {text}")

    def _set(self, text: str, size: float, style: str, colour: tuple[int, int, int]) -> None:
        self.set_font("FiraGO", style, size)
        self.set_text_color(*colour)
        self.set_text_shaping(SHAPED.search(text) is not None)
