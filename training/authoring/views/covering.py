"""A picture of a draft with boxes over what must not be seen: drawn with a pointer, or written as numbers."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import queries
from training.authoring.models import Draft
from training.authoring.queries.files import draft_file
from training.authoring.rules.states import WRITTEN_STATES, DraftState
from training.authoring.services.covering import cover_file
from training.authoring.views.blueprint import MAY_WRITE, blueprint, held_draft, seen_draft
from training.authoring.views.files import address_of
from training.db import db
from training.errors import NotFound, Refusal
from training.media.rules import Box
from training.media.services import forget_bytes
from training.web.access import current_actor, opens_to, writes
from training.web.wording import words_for

ROW_COUNT = 8
SIDES = ("x", "y", "width", "height")
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture with rows for boxes, as the hall shows one on which a region is marked."""

    media_id: int
    alt: str
    extent: tuple[int, int]
    rows: list[Row | None]


@blueprint.get("/drafts/<int:draft_id>/files/<int:file_id>/cover")
@opens_to(*MAY_WRITE)
def cover(draft_id: int, file_id: int) -> str:
    """The picture, and rows for the boxes that are to be black."""
    return _page(seen_draft(draft_id), file_id, [])


def _page(found: Draft, file_id: int, rows: list[Row], problem: str = "") -> str:
    file = draft_file(found.id, file_id)
    if file.file.width is None or file.file.height is None or file.file.seconds is not None or DraftState(found.state) not in WRITTEN_STATES:
        raise NotFound(file_id)
    blank: list[Row | None] = [None] * max(ROW_COUNT - len(rows), 0)
    shown = ShownPicture(file.media_file_id, "The picture as it is", (file.file.width, file.file.height), [*rows, *blank])
    more: dict[str, Any] = {"media_url": lambda _media_id: address_of(found, file), "screen": {"language": "en"}}
    return render_template("authoring/cover.html", draft=found, file=file, shown=shown, problem=problem, **more)


@blueprint.post("/drafts/<int:draft_id>/files/<int:file_id>/cover")
@opens_to(*MAY_WRITE)
@writes
def cover_boxes(draft_id: int, file_id: int) -> ResponseReturnValue:
    """Let the picture with these boxes black take its place."""
    found, rows = held_draft(draft_id), _rows()
    try:
        covered = cover_file(found, file_id, [_box(row) for row in rows], by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(queries.draft_by_id(draft_id), file_id, rows, words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    if covered.forgotten:
        forget_bytes(covered.forgotten)
    flash(GONE if covered.forgotten else KEPT, "good" if covered.forgotten else "warn")
    return redirect(url_for("authoring.files", draft_id=draft_id, _anchor="files"))


GONE = "Blacked out. The draft shows the new picture, and the old one is gone."
KEPT = "Blacked out: the draft shows the new picture. The old one stays where it is shown already, in what runs, in another draft, or to whoever labels."


def _rows() -> list[Row]:
    """The rows that say something."""
    columns = [request.form.getlist(side)[:ROW_COUNT] for side in SIDES]
    return [row for row in zip(*columns, strict=False) if any(said.strip() for said in row)]


def _box(row: Row) -> Box:
    """The box of a row; what is no number makes one without an extent, which is refused."""
    return Box(*(int(said) if said.strip().isascii() and said.strip().isdecimal() and len(said) < 7 else -1 for said in row))
