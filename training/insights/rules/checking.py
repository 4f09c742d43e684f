"""What checking a pack finds."""

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """What is checked, in this order; later checks need the earlier ones."""

    READABLE = "readable"
    CANONICAL = "canonical"
    SCHEMA = "schema"
    SIGNATURE = "signature"
    CHAIN = "chain"
    CITATIONS = "citations"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and what it found, in words."""

    check: Check
    holds: bool
    said: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was checked, and what was not."""

    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every check was made and held."""
        return {finding.check for finding in self.findings} == set(Check) and all(finding.holds for finding in self.findings)
