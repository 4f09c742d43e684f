"""What the ledger says of a person: how they stand, what they hold, and what anybody may verify."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from training.accounts import queries as accounts
from training.accounts.models import Person
from training.certification.documents import CertificationDocument
from training.certification.models import CertificateEvent, CertificationVersion
from training.certification.queries.published import PublishedCertification, certifications
from training.certification.queries.sharing import disclosure_of
from training.certification.queries.work import uses_of
from training.certification.rules import Claim, EventKind, Fate, LedgerEvent, Standing, fate_of, known_events, revocation_of, shown_name, standing
from training.db import UtcDateTime, db
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class Certificate:
    """How a person stands with one certification."""

    certification: PublishedCertification
    standing: Standing


@dataclass(frozen=True, slots=True)
class VerifiedCertificate:
    """What anybody may know of one award: whose, for what, for how long, and how it stands now."""

    person_id: int
    slug: str
    """The certification's."""
    place: int
    """Among all entries of the ledger: lists of revoked badges number them so."""
    awarded_at: datetime
    holder_name: str | None
    """As much of it as the holder shows."""
    title: str
    summary: str
    valid_from: datetime
    valid_until: datetime | None
    """Nothing where it has no end that is settled."""
    fate: Fate
    revoked_at: datetime | None = None
    claim: Claim | None = None


def ledger_event(row: CertificateEvent) -> LedgerEvent:
    """A stored entry as a value."""
    return LedgerEvent(
        id=row.id,
        kind=EventKind(row.kind),
        effective_at=row.effective_at,
        recorded_at=row.recorded_at,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        public_id=row.public_id,
        disuse_days=row.disuse_days,
        is_provisional=row.is_provisional,
    )


def ledger_of(person_id: int) -> list[CertificateEvent]:
    """Every entry of a person, the latest first."""
    statement = select(CertificateEvent).where(CertificateEvent.person_id == person_id)
    return list(db.session.scalars(statement.order_by(CertificateEvent.recorded_at.desc(), CertificateEvent.id.desc())))


def known_ledgers_of(people: Collection[int], *, known_at: datetime) -> Mapping[int, Mapping[int, tuple[LedgerEvent, ...]]]:
    """The ledgers of these people, by person and certification, as they were known at an instant: two statements.

    A term that ends by disuse has the end that was known then.
    """
    entries: defaultdict[tuple[int, int], list[LedgerEvent]] = defaultdict(list)
    for row in db.session.scalars(select(CertificateEvent).where(CertificateEvent.person_id.in_(people)).order_by(CertificateEvent.id)):
        entries[row.person_id, row.certification_id].append(ledger_event(row))
    uses, found = uses_of(people, known_from=known_at), defaultdict[int, dict[int, tuple[LedgerEvent, ...]]](dict)
    for (person_id, held), events in entries.items():
        found[person_id][held] = known_events(events, known_at, uses.get((person_id, held), ()))
    return found


def known_ledger_of(person_id: int, *, known_at: datetime) -> Mapping[int, tuple[LedgerEvent, ...]]:
    """The same of one person, by certification."""
    return known_ledgers_of([person_id], known_at=known_at).get(person_id, {})


def standing_of(person_id: int, certification_id: int, *, at: datetime, known_at: datetime | None = None) -> Standing:
    """How a person stands with one certification at an instant, as known then."""
    return standing(known_ledger_of(person_id, known_at=known_at or at).get(certification_id, ()), at=at)


def certificates_of(person_id: int, *, at: datetime, known_at: datetime | None = None) -> list[Certificate]:
    """How a person stands with every certification that they ever held, at an instant, as known then."""
    return certificates_of_people([person_id], at=at, known_at=known_at).get(person_id, [])


def certificates_of_people(people: Collection[int], *, at: datetime, known_at: datetime | None = None) -> Mapping[int, list[Certificate]]:
    """The same of several people, in as many statements."""
    published = certifications()
    return {
        person_id: [Certificate(certification, standing(events[certification.id], at=at)) for certification in published if certification.id in events]
        for person_id, events in known_ledgers_of(people, known_at=known_at or at).items()
    }


def reinstated_at(people: Collection[int]) -> dict[tuple[int, int], datetime]:
    """When each of these people was last reinstated by somebody, by person and certification."""
    event = CertificateEvent
    asked = select(event.person_id, event.certification_id, func.max(event.effective_at, type_=UtcDateTime())).where(
        event.person_id.in_(people), event.kind == EventKind.REINSTATED.value
    )
    rows = db.session.execute(asked.group_by(event.person_id, event.certification_id))
    return {(person_id, certification_id): at for person_id, certification_id, at in rows}


def hold_people(people: Collection[int]) -> None:
    """Let nobody else consider these people until the transaction ends."""
    db.session.execute(select(Person.id).where(Person.id.in_(people)).order_by(Person.id).with_for_update()).all()


_HELD = select(Person.id).where(Person.id == bindparam("person_id")).with_for_update()


def hold_person(person_id: int) -> None:
    """Let nobody else consider this person until the transaction ends."""
    db.session.connection().execute(_HELD, {"person_id": person_id})


def verified_certificate(public_id: str, *, now: datetime) -> VerifiedCertificate:
    """What a verification page says of one award, for ever. Raises NotFound."""
    statement = (
        select(CertificateEvent, CertificationVersion)
        .join(CertificationVersion, CertificationVersion.id == CertificateEvent.certification_version_id)
        .where(CertificateEvent.public_id == public_id, CertificateEvent.valid_from.is_not(None))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(public_id)
    event, version = row
    document = CertificationDocument.model_validate(version.document)
    events = known_ledger_of(event.person_id, known_at=now)[event.certification_id]
    award = next(known for known in events if known.id == event.id)
    revocation = revocation_of(award, events, at=now)
    assert event.valid_from is not None, "the statement asks for entries with a term"
    return VerifiedCertificate(
        person_id=event.person_id,
        slug=document.id,
        place=event.id,
        awarded_at=event.recorded_at,
        holder_name=shown_name(accounts.person(event.person_id).name, disclosure_of(event.person_id)),
        title=document.title,
        summary=document.summary,
        valid_from=event.valid_from,
        valid_until=award.valid_until,
        fate=fate_of(award, events, standing(events, at=now), at=now),
        revoked_at=revocation.effective_at if revocation else None,
        claim=Claim(**kept) if (kept := event.evidence.get("claim")) else None,
    )


def own_certificate(person_id: int, public_id: str, *, now: datetime) -> VerifiedCertificate:
    """One award of a person's own. Raises NotFound for anybody else's."""
    found = verified_certificate(public_id, now=now)
    if found.person_id != person_id:
        raise NotFound(public_id)
    return found


def personal_record(person_id: int) -> list[dict[str, object]]:
    """A person's ledger as they take it away, the latest entry first."""
    titles = {certification.id: certification.document.title for certification in certifications()}
    return [
        {
            "certification": titles[entry.certification_id],
            "entry": entry.kind,
            "valid_from": entry.valid_from,
            "valid_until": entry.valid_until,
            "recorded_at": entry.recorded_at,
            "reason": entry.reason,
            "number": entry.public_id,
        }
        for entry in ledger_of(person_id)
    ]
