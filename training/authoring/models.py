"""Drafts of documents, what was submitted and said of them, and who writes them at the moment."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.authoring.rules.reviewing import Verdict
from training.authoring.rules.states import OPEN_STATES, DraftState
from training.content_store.rules.kinds import Kind
from training.db import Base, append_only
from training.media.models import MediaFile


def _one_of(column: str, words: type[StrEnum] | frozenset[DraftState]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in sorted(word.value for word in words))})"


IS_OPEN = text(_one_of("state", OPEN_STATES))


class Draft(Base):
    """What is to become of one document: the text as it is being written, by whoever works on it. A document has one open draft at most."""

    __tablename__ = "drafts"
    __table_args__ = (
        CheckConstraint(_one_of("state", DraftState), name="state_is_known"),
        CheckConstraint(_one_of("kind", Kind), name="kind_is_known"),
        CheckConstraint("(base_text IS NULL) = (base_hash IS NULL)", name="base_is_whole"),
        Index("uq_drafts_kind_slug_open", "kind", "slug", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(300))
    """Its file below the content folder, once it is exported."""
    title: Mapped[str] = mapped_column(String(200))
    """What lists call it: never more than its id where that could give a question away."""
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    """Raised by every save: what is written upon an older one is brought together with what was saved since."""
    base_text: Mapped[str | None] = mapped_column(Text)
    """What ran when it was begun, or last brought up to date; nothing of a new document."""
    base_hash: Mapped[str | None] = mapped_column(String(64))
    """The content hash of that."""
    state: Mapped[str] = mapped_column(String(20), index=True)
    is_exam_material: Mapped[bool]
    """Whether whoever opens it never sits it."""
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]
    """When it was published or discarded."""


@append_only
class DraftContributor(Base):
    """Somebody who saved a draft: they never approve it."""

    __tablename__ = "draft_contributors"
    __table_args__ = (UniqueConstraint("draft_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    since: Mapped[datetime]


@append_only
class DraftBatch(Base):
    """Drafts that were begun at once, of new documents that came in together or of items that were changed alike, and are reviewed together."""

    __tablename__ = "draft_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    begun_at: Mapped[datetime]


@append_only
class DraftBatchMember(Base):
    """That a draft belongs to a batch, and where it stands in it."""

    __tablename__ = "draft_batch_members"
    __table_args__ = (UniqueConstraint("batch_id", "position"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("draft_batches.id"))
    position: Mapped[int]


class DraftFile(Base):
    """A picture or recording that somebody put into a draft. It has its name among all once a text that shows it is published.

    A picture of which parts were blacked out takes the place of what it was before, which is gone.
    """

    __tablename__ = "draft_files"
    __table_args__ = (UniqueConstraint("draft_id", "cited"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    cited: Mapped[str] = mapped_column(String(200))
    """How the draft's text cites it: `media/` and a name that is made of its bytes."""
    media_file_id: Mapped[int] = mapped_column(ForeignKey("media_files.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    file: Mapped[MediaFile] = relationship()


class DraftWindow(Base):
    """A window in which somebody has a draft open: until when it was heard, and the number of the last text that it sent."""

    __tablename__ = "draft_windows"
    __table_args__ = (UniqueConstraint("draft_id", "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    client_id: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    sequence: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[datetime]


@append_only
class DraftRevision(Base):
    """A draft's text as it was submitted for review."""

    __tablename__ = "draft_revisions"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the text."""
    words: Mapped[str] = mapped_column(String(2000))
    """What its author says to the reviewers; may be empty."""
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    submitted_at: Mapped[datetime]


@append_only
class DraftReview(Base):
    """What a colleague says of one revision."""

    __tablename__ = "draft_reviews"
    __table_args__ = (UniqueConstraint("revision_id", "reviewer_id"), CheckConstraint(_one_of("verdict", Verdict), name="verdict_is_known"))

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("draft_revisions.id"))
    revision_hash: Mapped[str] = mapped_column(String(64))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(2000))
    at: Mapped[datetime]


@append_only
class DraftComment(Base):
    """What somebody says of a line, or answers to that."""

    __tablename__ = "draft_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("draft_comments.id"))
    line: Mapped[int]
    """The line that it was said of, from 1, as the text was then; of an answer the same."""
    line_text: Mapped[str] = mapped_column(String(400))
    """What the line said then: how it is found again in a text that was changed since."""
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    words: Mapped[str] = mapped_column(String(2000))
    at: Mapped[datetime]


@append_only
class DraftCommentSettlement(Base):
    """That what was said of a line is settled."""

    __tablename__ = "draft_comment_settlements"

    comment_id: Mapped[int] = mapped_column(ForeignKey("draft_comments.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
