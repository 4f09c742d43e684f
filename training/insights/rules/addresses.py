"""E-mail addresses in what somebody pasted or uploaded: a list, the columns of a sheet, the recipients of a mail."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from training.accounts.rules import email_is_well_formed, normal_email

APART = re.compile(r"[\s,;:<>()\[\]\"'|]+")
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text says."""

    addresses: dict[str, int]
    """Each address once, with the line on which it stands first."""
    faults: Sequence[tuple[int, str]]
    """Lines that hold no address, and what they hold instead. The first line of a sheet may name its columns."""


def addresses_in(text: str) -> Pasted:
    """Every address of a text, in order, whatever stands between them."""
    addresses: dict[str, int] = {}
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        found = [normal_email(word) for word in APART.split(line) if "@" in word]
        for address in found:
            addresses.setdefault(address, number)
        if broken := [address for address in found if not email_is_well_formed(address)]:
            faults.append((number, broken[0][:LONGEST_SHOWN]))
        elif line.strip() and not found and number > 1:
            faults.append((number, line.strip()[:LONGEST_SHOWN]))
    return Pasted(addresses, faults)
