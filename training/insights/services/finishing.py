"""Which pack a job sets about, how far it is, and what is noted once it is made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from training.actors import Actor, ActorKind
from training.audit.services import record
from training.insights import queries
from training.insights.documents import Facts, Head
from training.insights.files import files
from training.insights.models import EvidencePack

LEFT_ALONE = timedelta(hours=1)
"""After this a job that set about a pack has died, and another goes on behind what it noted."""


@dataclass(frozen=True, slots=True)
class Told:
    """How far the telling is: up to which person, how much of the draft counts, how many people it tells of, and whether that was everybody."""

    until: int
    draft_bytes: int
    person_count: int
    is_everybody: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A pack's file: the hash of the whole, the hash of its facts, its size, and what of it goes on paper."""

    sha256: str
    facts_sha256: str
    byte_count: int
    facts: Facts
    """With the first people only, as many as the paper has room for."""
    head: Head


def something_waits(*, now: datetime) -> bool:
    """Whether a pack waits to be gone on with; what is asked every few seconds writes nothing."""
    return queries.next_waiting(left_alone_since=now - LEFT_ALONE) is not None


def take_waiting(*, now: datetime) -> EvidencePack | None:
    """The pack to be gone on with, from now on this job's."""
    pack = queries.next_waiting(left_alone_since=now - LEFT_ALONE, is_to_be_taken=True)
    if pack is not None:
        pack.begun_at = now
    return pack


def note_told(pack: EvidencePack, told: Told, *, now: datetime) -> None:
    """Write down how far it is, and let any job go on."""
    pack.told_until, pack.draft_bytes, pack.person_count = told.until, told.draft_bytes, told.person_count
    pack.begun_at, pack.worked_at = None, now


def put_back(pack: EvidencePack) -> None:
    """Let any job go on with it, as far as it was."""
    pack.begun_at = None


def note_made(pack: EvidencePack, made: Made, pdf_sha256: str, *, now: datetime) -> None:
    """Write down which files the pack is; the audit has it as a deed of whoever asked."""
    pack.sha256, pack.facts_sha256, pack.pdf_sha256 = made.sha256, made.facts_sha256, pdf_sha256
    pack.byte_count, pack.made_at, pack.begun_at = made.byte_count, now, None
    detail = {"sha256": made.sha256, "facts_sha256": made.facts_sha256, "pdf_sha256": pdf_sha256, "people": pack.person_count}
    record("evidence.made", by=Actor(ActorKind.PERSON, pack.asked_by_id), subject=("evidence pack", pack.public_id), now=now, detail=detail)


def remove_stray_files() -> None:
    """Delete the files of packs of which there is no row any more: a row is there before its files."""
    found = dict[str, list[Path]]()
    for number, path in files():
        found.setdefault(number, []).append(path)
    for number in found.keys() - queries.numbers_among(found):
        for path in found[number]:
            path.unlink(missing_ok=True)
