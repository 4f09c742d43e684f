"""The packs that were asked for, and what was put aside on the attention list."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only
from training.insights.rules import Moment, Scope, ScopeKind
from training.insights.rules.attention import LONGEST_REASON, AsideDeed, Concern

_CONCERNS = ", ".join(repr(concern.value) for concern in Concern)
_DEEDS = ", ".join(repr(deed.value) for deed in AsideDeed)
_KINDS = ", ".join(repr(kind.value) for kind in ScopeKind)


class EvidencePack(Base):
    """One pack: what it is about, who asked for it, and, once a job has made it, which files it is. Written again only as it is made."""

    __tablename__ = "evidence_packs"
    __table_args__ = (
        CheckConstraint(f"scope IN ({_KINDS})", name="scope_is_known"),
        CheckConstraint("(scope = 'person') = (person_id IS NOT NULL)", name="names_its_person"),
        CheckConstraint("(scope = 'queue') = (queue_slug IS NOT NULL)", name="names_its_queue"),
        CheckConstraint("since IS NULL OR since < at", name="span"),
        CheckConstraint("(made_at IS NULL) = (sha256 IS NULL) AND (made_at IS NULL) = (facts_sha256 IS NULL)", name="made_with_its_hashes"),
        CheckConstraint("(made_at IS NULL) = (pdf_sha256 IS NULL)", name="made_with_its_paper"),
        Index("ix_evidence_packs_waiting", "made_at", "worked_at"),
        Index("ix_evidence_packs_asked_by", "asked_by_id", "id"),
        Index("ix_evidence_packs_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    scope: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    queue_slug: Mapped[str | None] = mapped_column(String(60))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    """The team of the lead who asked, as it was then: nobody outside it is told of."""
    at: Mapped[datetime]
    since: Mapped[datetime | None]
    has_names: Mapped[bool]
    language: Mapped[str] = mapped_column(String(10))
    """Of the paper."""
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    """Since when a job is at it."""
    worked_at: Mapped[datetime | None]
    """When a job last told of some people: of several packs that wait the one is next that waits longest for that."""
    told_until: Mapped[int | None]
    """Up to which person, by number, everybody is looked at."""
    draft_bytes: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """How much of the draft counts: what is behind it was written by a job that died."""
    made_at: Mapped[datetime | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    """Of the whole file, by which it lies among the stored files."""
    facts_sha256: Mapped[str | None] = mapped_column(String(64))
    """Of what it says was so, in canonical JSON: the same for the same scope and instant."""
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    byte_count: Mapped[int | None] = mapped_column(BigInteger)
    person_count: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many people it tells of, so far."""

    @property
    def about(self) -> Scope:
        """Whom or what it is about."""
        return Scope(ScopeKind(self.scope), self.person_id, self.queue_slug, self.team_id)

    @property
    def moment(self) -> Moment:
        """When."""
        return Moment(self.at, self.since)


@append_only
class AttentionAside(Base):
    """That a trainer put a finding aside as it was, or brought it back. The last entry of a finding counts."""

    __tablename__ = "attention_asides"
    __table_args__ = (
        CheckConstraint(f"concern IN ({_CONCERNS})", name="concern_is_known"),
        CheckConstraint(f"deed IN ({_DEEDS})", name="deed_is_known"),
        CheckConstraint("deed = 'back' OR length(reason) > 0", name="reason_is_given"),
        Index("ix_attention_asides_finding", "concern", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    concern: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(12))
    """A digest of what the finding rested on: once that is another, it is looked at again."""
    deed: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
