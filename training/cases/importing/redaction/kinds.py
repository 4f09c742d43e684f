"""What personal data are looked for, and what stands in their place."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class PersonalKind(StrEnum):
    """One kind of personal data. Names are not among them: no rule tells them from other words."""

    EMAIL = "email"
    IDENTITY = "identity"
    ORDER = "order"
    PHONE = "phone"
    ADDRESS = "address"
    PLATE = "plate"


PLACEHOLDERS: Mapping[PersonalKind, str] = {
    PersonalKind.EMAIL: "[e-mail]",
    PersonalKind.IDENTITY: "[identity number]",
    PersonalKind.ORDER: "[order number]",
    PersonalKind.PHONE: "[phone number]",
    PersonalKind.ADDRESS: "[address]",
    PersonalKind.PLATE: "[licence plate]",
}
"""What a reader sees instead: that something stood there, and what kind of thing, for that often decides a case."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One stretch of a text, half open in characters, that is personal."""

    kind: PersonalKind
    start: int
    end: int
