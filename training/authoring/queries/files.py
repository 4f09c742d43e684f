"""The pictures and recordings that were put into a draft."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from training.authoring.models import Draft, DraftFile
from training.content_store.rules.kinds import CITING, Kind, name_of_cited
from training.db import db
from training.errors import NotFound
from training.media.models import MediaFile


def files_of_draft(draft_id: int) -> Sequence[DraftFile]:
    """All of them, the latest first."""
    asked = select(DraftFile).options(joinedload(DraftFile.file)).where(DraftFile.draft_id == draft_id)
    return db.session.scalars(asked.order_by(DraftFile.id.desc())).all()


def file_count(draft_id: int) -> int:
    """How many there are."""
    return db.session.scalar(select(func.count()).select_from(DraftFile).where(DraftFile.draft_id == draft_id)) or 0


def file_cited(draft_id: int, cited: str) -> DraftFile | None:
    """The one that the draft's text cites in this way."""
    return db.session.scalar(select(DraftFile).options(joinedload(DraftFile.file)).where(DraftFile.draft_id == draft_id, DraftFile.cited == cited))


def draft_file(draft_id: int, file_id: int) -> DraftFile:
    """This file of this draft. Raises NotFound."""
    found = db.session.scalar(select(DraftFile).options(joinedload(DraftFile.file)).where(DraftFile.draft_id == draft_id, DraftFile.id == file_id))
    if found is None:
        raise NotFound(file_id)
    return found


def is_shown_elsewhere(media_file_id: int) -> bool:
    """Whether any draft has this file."""
    return db.session.scalar(select(DraftFile.id).where(DraftFile.media_file_id == media_file_id).limit(1)) is not None


def media_of_drafts(drafts: Collection[Draft]) -> dict[str, MediaFile]:
    """The drafts' own files by the names that they have among all; one statement, and nothing of kinds that show none."""
    kinds = {draft.id: Kind(draft.kind) for draft in drafts if Kind(draft.kind) in CITING}
    asked = select(DraftFile).options(joinedload(DraftFile.file)).where(DraftFile.draft_id.in_(kinds)).order_by(DraftFile.id)
    return {name_of_cited(kinds[file.draft_id], file.cited): file.file for file in db.session.scalars(asked)} if kinds else {}
