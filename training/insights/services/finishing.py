"""Which pack a job sets about, and what is noted once it is made."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from training.actors import Actor, ActorKind
from training.audit.services import record
from training.insights import queries
from training.insights.documents import Facts, Head
from training.insights.models import EvidencePack

LEFT_ALONE = timedelta(hours=1)
"""After this a job that set about a pack has died, and another begins anew."""


@dataclass(frozen=True, slots=True)
class Made:
    """A pack's file: the hash of the whole, the hash of its facts, its size, how many people it tells of, and what of it goes on paper."""

    sha256: str
    facts_sha256: str
    byte_count: int
    person_count: int
    facts: Facts
    """With the first people only, as many as the paper has room for."""
    head: Head


def take_waiting(*, now: datetime) -> EvidencePack | None:
    """The pack to be made next, from now on this job's."""
    pack = queries.next_waiting(left_alone_since=now - LEFT_ALONE)
    if pack is not None:
        pack.begun_at = now
    return pack


def put_back(pack: EvidencePack) -> None:
    """Let the next job set about it."""
    pack.begun_at = None


def note_made(pack: EvidencePack, made: Made, pdf_sha256: str, *, now: datetime) -> None:
    """Write down which files the pack is; the audit has it as a deed of whoever asked."""
    pack.sha256, pack.facts_sha256, pack.pdf_sha256 = made.sha256, made.facts_sha256, pdf_sha256
    pack.byte_count, pack.person_count, pack.made_at = made.byte_count, made.person_count, now
    detail = {"sha256": made.sha256, "facts_sha256": made.facts_sha256, "pdf_sha256": pdf_sha256, "people": made.person_count}
    record("evidence.made", by=Actor(ActorKind.PERSON, pack.asked_by_id), subject=("evidence pack", pack.public_id), now=now, detail=detail)
