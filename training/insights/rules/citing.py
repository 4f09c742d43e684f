"""Which entry of the audit proves which fact, and what of it the entry itself says: one law for whoever makes a pack and whoever checks one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

Key = tuple[str, ...]
"""What a fact and the entry that proves it have in common."""

DEEDS_ON_PEOPLE = (
    "certificate.awarded",
    "certificate.renewed",
    "certificate.suspended",
    "certificate.reinstated",
    "certificate.revoked",
    "certificate.signed_off",
    "certificate.extended",
    "certificate.promoted",
    "module.acknowledged",
    "override.granted",
    "override.proposed",
    "override.confirmed",
    "override.revoked",
    "course.assigned",
    "module.assigned",
)
DEEDS_ON_ATTEMPTS = ("attempt.graded", "attempt.regraded")
DEEDS_ON_AUDIENCES = ("course.assigned", "module.assigned")
DEEDS_ON_QUEUES = ("queue.published",)
DEEDS_ON_CERTIFICATIONS = ("certification.published",)


def instant_key(instant: datetime) -> str:
    """An instant as part of a key: microseconds since 1970."""
    return str(int(instant.timestamp() * 1_000_000))


def certificate_key(person: int | str, number: str) -> Key:
    """Of an entry of somebody's ledger, by its public id."""
    return ("certificate", str(person), number)


def reading_key(person: int | str, module: str, version: str) -> Key:
    """Of a policy version that somebody said they had read."""
    return ("reading", str(person), module, version)


def exception_key(person: int | str, queue: str, recorded_at: datetime) -> Key:
    """Of a dated exception."""
    return ("exception", str(person), queue, instant_key(recorded_at))


def proposal_key(person: int | str, proposal: int) -> Key:
    """Of a dated exception that was proposed to a second person."""
    return ("proposal", str(person), str(proposal))


def confirmation_key(person: int | str, proposal: int) -> Key:
    """Of a dated exception that the second person confirmed."""
    return ("confirmation", str(person), str(proposal))


def end_key(person: int | str, number: int) -> Key:
    """Of a dated exception that was ended before its time."""
    return ("end", str(person), str(number))


def assignment_key(kind: str, number: int | str, work: str, assigned_at: datetime) -> Key:
    """Of a course or a module, by its `work_name`, that a person, a team, a cohort, or everybody by a rule was asked to complete."""
    return ("assignment", kind, str(number), work, instant_key(assigned_at))


def work_name(kind: str, slug: str) -> str:
    """A course or a module as part of a key: they may have the same id."""
    return f"{kind} {slug}"


def run_key(attempt: str, run: int) -> Key:
    """Of one grading of an attempt."""
    return ("run", attempt, str(run))


def version_key(kind: str, slug: str, number: int) -> Key:
    """Of a version of a queue or a certification."""
    return (kind, slug, str(number))


def key_of_entry(deed: str, subject: tuple[str, str], at: datetime, detail: Mapping[str, Any]) -> Key | None:
    """What an entry proves; nothing where its deed proves nothing that a pack tells, or it does not say what such an entry says."""
    find = _KEYS.get(deed.partition(".")[0] if deed.startswith(("certificate.", "attempt.")) else deed)
    try:
        return find(subject, at, detail) if find is not None else None
    except KeyError:
        return None


_Find = Callable[[tuple[str, str], datetime, Mapping[str, Any]], Key]
_KEYS: Mapping[str, _Find] = {
    "certificate": lambda subject, at, detail: certificate_key(subject[1], str(detail["certificate"])),
    "module.acknowledged": lambda subject, at, detail: reading_key(subject[1], str(detail["module"]), str(detail["version"])),
    "override.granted": lambda subject, at, detail: exception_key(subject[1], str(detail["queue"]), at),
    "override.proposed": lambda subject, at, detail: proposal_key(subject[1], detail["proposal"]),
    "override.confirmed": lambda subject, at, detail: confirmation_key(subject[1], detail["proposal"]),
    "override.revoked": lambda subject, at, detail: end_key(subject[1], detail["override"]),
    "course.assigned": lambda subject, at, detail: assignment_key(*subject, work_name("course", str(detail["course"])), at),
    "module.assigned": lambda subject, at, detail: assignment_key(*subject, work_name("module", str(detail["module"])), at),
    "attempt": lambda subject, at, detail: run_key(subject[1], detail["run"]),
    "queue.published": lambda subject, at, detail: version_key("queue", subject[1], detail["number"]),
    "certification.published": lambda subject, at, detail: version_key("certification", subject[1], detail["number"]),
}
