"""Ends of certificates as an iCalendar feed (RFC 5545): what is reminded of, when, and how it is written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from training.certification.rules.reminders import REMINDED_DAYS_BEFORE

LONGEST_LINE = 75
"""Octets of a line, without the break that ends it (RFC 5545 §3.1)."""


class CalendarKind(StrEnum):
    """Whose certificates a feed tells of."""

    OWN = "own"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """The end of one certificate: what stays the same about it, when it is, and what people read."""

    uid: str
    ends_at: datetime
    summary: str
    description: str
    address: str


def calendar_text(name: str, entries: Iterable[CalendarEntry], *, now: datetime) -> str:
    """The whole calendar, each end with an alarm 30, 14, 7 and 1 days before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Touchstone//Certificates//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"]
    for entry in entries:
        lines += _event(entry, now)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(entry: CalendarEntry, now: datetime) -> list[str]:
    summary = _escaped(entry.summary)
    lines = ["BEGIN:VEVENT", f"UID:{_escaped(entry.uid)}", f"DTSTAMP:{_instant(now)}", f"DTSTART:{_instant(entry.ends_at)}", f"SUMMARY:{summary}"]
    lines += [f"DESCRIPTION:{_escaped(entry.description)}", f"URL:{entry.address}", "TRANSP:TRANSPARENT"]
    for days in REMINDED_DAYS_BEFORE:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{days}D", f"DESCRIPTION:{summary}", "END:VALARM"]
    return [*lines, "END:VEVENT"]


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """A text value: control characters but the line break are left out, what would end the value is escaped (§3.3.11)."""
    readable = "".join(letter for letter in text.replace("\r\n", "\n") if letter == "\n" or letter.isprintable())
    return readable.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in pieces of 75 octets at most, cut between letters; each further piece begins with a blank."""
    pieces, piece, length = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if length + octets > LONGEST_LINE:
            pieces.append(piece)
            piece, length = " ", 1
        piece, length = piece + letter, length + octets
    return "\r\n".join([*pieces, piece])
