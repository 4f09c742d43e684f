"""What anybody may learn of a certificate by its number: how it stands, and as much of a name as its holder shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from training.certification.rules.ledger import EventKind, LedgerEvent, Standing, State

_WRITTEN_BEFORE_THEIR_CONSONANT = frozenset("เแโใไເແໂໃໄ")
"""Vowels of Thai and Lao that stand before the letter a name begins with."""


class Shows(StrEnum):
    """What the public page tells of the holder's name."""

    NOTHING = "nothing"
    INITIALS = "initials"
    NAME = "name"


class Fate(StrEnum):
    """What became of one award."""

    VALID = "valid"
    PENDING = "pending"
    SUPERSEDED = "superseded"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    REVOKED = "revoked"


_FATES = {State.IN_FORCE: Fate.VALID, State.PENDING: Fate.PENDING, State.SUSPENDED: Fate.SUSPENDED, State.REVOKED: Fate.REVOKED}


def shown_name(name: str, shows: Shows) -> str | None:
    """The name as the public page has it, or nothing."""
    match shows:
        case Shows.NAME:
            return name
        case Shows.INITIALS:
            return " ".join(f"{_first_letter(word)}." for word in name.split()) or None
        case Shows.NOTHING:
            return None


def _first_letter(word: str) -> str:
    return next((letter for letter in word if letter.isalpha() and letter not in _WRITTEN_BEFORE_THEIR_CONSONANT), word[0]).upper()


def revocation_of(award: LedgerEvent, events: Iterable[LedgerEvent], *, at: datetime) -> LedgerEvent | None:
    """The entry that revoked this award, if one has by then."""
    later = (event for event in events if event.kind is EventKind.REVOKED and (event.effective_at, event.id) > (award.effective_at, award.id))
    return min((event for event in later if event.effective_at <= at), key=lambda event: (event.effective_at, event.id), default=None)


def fate_of(award: LedgerEvent, events: Iterable[LedgerEvent], standing: Standing, *, at: datetime) -> Fate:
    """What became of one award at an instant: `standing` is how its holder stands then by all these entries of the certification."""
    if revocation_of(award, events, at=at) is not None:
        return Fate.REVOKED
    if award.valid_from is not None and award.valid_from > at:
        return Fate.PENDING
    if standing.public_id not in {None, award.public_id}:
        return Fate.SUPERSEDED
    return _FATES.get(standing.state, Fate.LAPSED)


class TakingRefusal(StrEnum):
    """Why a certificate is not given to be taken along."""

    REVOKED = "certificate_to_take_is_revoked"


LOOKS_FORGOTTEN_AFTER = timedelta(minutes=10)
MOST_LOOKS = 300
"""How much one place may look up in that time: an employer's whole team, and no more than thirty guesses."""
COST_OF_A_GUESS = 10
"""An unknown number counts as many that are known: whoever tries numbers out finds nothing, and soon may not ask."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What one place has looked up since an instant."""

    began_at: datetime
    cost: int


def looks_open_at(looks: Looks) -> datetime | None:
    """Until when this place must wait before it may look something up; nothing where it need not."""
    return looks.began_at + LOOKS_FORGOTTEN_AFTER if looks.cost > MOST_LOOKS else None
