"""Attempts: the form as drawn, every answer as it arrived, and the current answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.db import Base, append_only
from training.exams.models.bank import ExamVersion, ItemVersion, one_of
from training.exams.models.scores import ScoreRun
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.saving import SaveVerdict
from training.exams.rules.timing import AttemptState, TimeDeed, state_at


class DrawPool(Base):
    """What a form was drawn from, kept once for all attempts that drew from the same, so that any form can be drawn again."""

    __tablename__ = "draw_pools"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    record: Mapped[dict[str, Any]]
    """`{"items": [[item version, tier], …], "sharing_limit": …}`, and `"pilots"` like the items where some were on trial."""


class Attempt(Base):
    """One sitting."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("person_id", "certification_slug", "ordinal"),
        Index(
            "uq_attempts_one_open",
            "person_id",
            "certification_slug",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_attempts_open_deadline", "deadline_at", sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
        CheckConstraint(one_of("state", AttemptState), name="state_is_known"),
        CheckConstraint("(state = 'open') = (finished_at IS NULL)", name="finished_when_not_open"),
        CheckConstraint("finished_at <= deadline_at", name="finish_is_never_after_deadline"),
        CheckConstraint("ordinal >= 1", name="ordinal_is_positive"),
        CheckConstraint("paused_at IS NULL OR state = 'open'", name="paused_only_while_open"),
        CheckConstraint("break_started_at IS NULL OR (state = 'open' AND paused_at IS NULL)", name="on_break_only_while_running"),
        CheckConstraint(one_of("mode", AttemptMode), name="mode_is_known"),
        CheckConstraint("confirmed_count >= 0 AND (confirmed_count = 0 OR mode = 'sequential')", name="confirms_where_answers_are_final"),
        {"postgresql_with": {"fillfactor": 70}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(30), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_slug: Mapped[str] = mapped_column(String(60))
    exam_version_id: Mapped[int] = mapped_column(ForeignKey("exam_versions.id"), index=True)
    ordinal: Mapped[int]
    """The person's how-manieth attempt for this certification, across the versions of its exam."""
    mode: Mapped[str] = mapped_column(String(10), default=AttemptMode.FIXED.value)
    confirmed_count: Mapped[int] = mapped_column(default=0)
    """The answers to the places up to this one are final: in sequential mode each is, once confirmed."""
    state: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime]
    deadline_at: Mapped[datetime]
    """Stored at the start; moves only by an audited deed."""
    finished_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    """Since when a trainer has paused it. The deadline moves by the exact time when it goes on, and nothing expires before."""
    break_started_at: Mapped[datetime | None]
    """Since when the candidate takes a break; the time of breaks lies within the deadline already."""
    limit_seconds: Mapped[int]
    time_multiplier: Mapped[float]
    extra_break_seconds: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger)
    pool_hash: Mapped[str] = mapped_column(ForeignKey("draw_pools.hash"))
    draw_version: Mapped[int]
    cap_note: Mapped[str | None] = mapped_column(String(20))
    """Why the sharing and exposure caps did not bind on this form, or nothing where they did."""
    writer_id: Mapped[str | None] = mapped_column(String(64))
    """The window that may save; nobody's until the first save or claim."""
    writer_floor: Mapped[int] = mapped_column(BigInteger, default=0)
    """The number of the last save of the writing window before it took over."""
    kept_count: Mapped[int] = mapped_column(default=0, server_default="0")
    """How much its windows made it keep: answers as they arrived, takeovers, breaks, and that something came which is no answer."""
    kept_bytes: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """How much the answers say that it keeps."""
    full_at: Mapped[datetime | None]
    """Since when nothing more is kept, because no attempt keeps more."""
    current_score_run_id: Mapped[int | None] = mapped_column(ForeignKey("score_runs.id", use_alter=True))

    exam_version: Mapped[ExamVersion] = relationship()
    current_score_run: Mapped[ScoreRun | None] = relationship(foreign_keys=[current_score_run_id], post_update=True)
    sequential_try: Mapped["SequentialTry | None"] = relationship(viewonly=True)

    def is_open_at(self, now: datetime) -> bool:
        """Whether answers are still taken at an instant, whether or not any sweep has been by."""
        return state_at(AttemptState(self.state), self.deadline_at, now, paused_at=self.paused_at) is AttemptState.OPEN


class SequentialTry(Base):
    """One try in sequential mode: what it spends of the chance of a false pass that one term of a certification has."""

    __tablename__ = "sequential_tries"
    __table_args__ = (
        UniqueConstraint("person_id", "certification_slug", "term", "number"),
        CheckConstraint("number BETWEEN 1 AND 3", name="number_is_one_of_three"),
        CheckConstraint("alpha > 0 AND alpha < 1", name="alpha_is_a_chance"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_slug: Mapped[str] = mapped_column(String(60))
    term: Mapped[str] = mapped_column(String(32))
    """The public id of the award or renewal whose term is being renewed; `delta:` and the exam version of a delta."""
    number: Mapped[int]
    """Which of the tries of the term: never reset."""
    alpha: Mapped[float]
    """The chance of a false pass that this try may have."""
    cap: Mapped[int]
    """After how many items it ends undecided: as many complete blocks as the bank had for this person."""


class FormItem(Base):
    """One place of a form: the item version pinned there and how it is shown."""

    __tablename__ = "form_items"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_versions.id"), index=True)
    option_order: Mapped[list[Any]]
    """The ids of the options in the order they are shown; browsers see only the places."""
    is_pilot: Mapped[bool] = mapped_column(default=False)
    """Shown to learn about the item; whatever is answered never counts."""

    item_version: Mapped[ItemVersion] = relationship()


class AnswerEvent(Base):
    """One save as it arrived, whatever became of it."""

    __tablename__ = "answer_events"
    __table_args__ = (
        UniqueConstraint("attempt_id", "client_id", "sequence"),
        CheckConstraint(one_of("verdict", SaveVerdict), name="verdict_is_known"),
        Index(
            "ix_answer_events_after_end",
            "attempt_id",
            sqlite_where=text("verdict IN ('late', 'closed')"),
            postgresql_where=text("verdict IN ('late', 'closed')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    position: Mapped[int]
    """As the browser said it; it may name no place of the form."""
    client_id: Mapped[str] = mapped_column(String(64))
    sequence: Mapped[int] = mapped_column(BigInteger)
    response: Mapped[dict[str, Any]]
    is_flagged: Mapped[bool]
    verdict: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime]


class Answer(Base):
    """The answer to one place that counts now."""

    __tablename__ = "answers"
    __table_args__ = (ForeignKeyConstraint(["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"]),)

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    response: Mapped[dict[str, Any]]
    is_flagged: Mapped[bool]
    client_id: Mapped[str] = mapped_column(String(64))
    sequence: Mapped[int] = mapped_column(BigInteger)
    saved_at: Mapped[datetime]


class TimeEvent(Base):
    """One deed about an attempt's time: what a trainer ruled, or a break that the candidate took. They explain every move of the deadline."""

    __tablename__ = "attempt_time_events"
    __table_args__ = (CheckConstraint(one_of("deed", TimeDeed), name="deed_is_known"), CheckConstraint("length(reason) > 0", name="reason_is_given"))

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    deed: Mapped[str] = mapped_column(String(15))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who did it; nobody where a break ended by itself."""
    at: Mapped[datetime]
    deadline_at: Mapped[datetime]
    """The deadline after the deed."""


for _ledger in (DrawPool, SequentialTry, FormItem, AnswerEvent, TimeEvent):
    append_only(_ledger)
