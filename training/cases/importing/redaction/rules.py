"""All rules together: what is personal in a text, and the text without it."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from training.cases.importing.redaction.addresses import addresses
from training.cases.importing.redaction.kinds import PLACEHOLDERS, Finding, PersonalKind
from training.cases.importing.redaction.numbers import emails, identities, orders, phones, plates

__all__ = ["PLACEHOLDERS", "Finding", "PersonalKind", "Redacted", "find_personal", "redact"]

RULES: tuple[Callable[[str], Iterator[Finding]], ...] = (emails, identities, orders, phones, addresses, plates)
"""In order: what an earlier rule found, a later one does not claim."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without what is personal, and where in the text before it stood."""

    text: str
    findings: tuple[Finding, ...]

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text before lies now. What it shares with a placeholder, it has whole."""
        return self._at(start, is_end=False), self._at(end, is_end=True)

    def _at(self, offset: int, *, is_end: bool) -> int:
        shift = 0
        for finding in self.findings:
            length = len(PLACEHOLDERS[finding.kind])
            if offset >= finding.end:
                shift += length - (finding.end - finding.start)
            elif offset > finding.start:
                return finding.start + shift + (length if is_end else 0)
            else:
                break
        return offset + shift


def find_personal(text: str) -> tuple[Finding, ...]:
    """Everything personal in this text, in its order, no two overlapping."""
    text = text if text.isascii() else "".join(map(_plain, text))
    taken = bytearray(len(text))
    found = [part for rule in RULES for finding in sorted(rule(text), key=lambda found: (found.start, -found.end)) for part in _untaken(finding, taken)]
    return tuple(sorted((part for part in found if any(map(str.isalnum, text[part.start : part.end]))), key=lambda part: part.start))


def _untaken(finding: Finding, taken: bytearray) -> Iterator[Finding]:
    """What of this finding no other has yet; it is taken now."""
    start = taken.find(0, finding.start, finding.end)
    while start >= 0:
        end = taken.find(1, start, finding.end)
        end = end if end >= 0 else finding.end
        taken[start:end] = b"\x01" * (end - start)
        yield Finding(finding.kind, start, end)
        start = taken.find(0, end, finding.end)


def _plain(character: str) -> str:
    """A wide or ornate letter, digit or sign as the plain one: 0 for ０. One character stays one."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def redact(text: str, *, introduced_by: str = "") -> Redacted:
    """The text with a placeholder for everything personal in it.

    What introduces a text, such as the name of its field, may say what kind of number it is; only the text itself is searched.
    """
    shift = len(introduced_by)
    found = [Finding(finding.kind, finding.start - shift, finding.end - shift) for finding in find_personal(introduced_by + text)]
    findings = tuple(finding for finding in found if finding.start >= 0)
    parts: list[str] = []
    last = 0
    for finding in findings:
        parts += (text[last : finding.start], PLACEHOLDERS[finding.kind])
        last = finding.end
    return Redacted("".join((*parts, text[last:])), findings)
