"""A passed exam, as other rooms tell the ledger of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from training.certification.rules import Claim
from training.courses.rules.versions import Version


@dataclass(frozen=True, slots=True)
class ExamPassed:
    """A passed exam, as the exam room tells of it."""

    exam_slug: str
    attempt: str
    finished_at: datetime
    claim: Claim | None = None
    form: Mapping[str, Any] | None = None
    """What was sat: `exam_version`, and `items` by their versions in order."""
    version: Version | None = None
    """Which version of the exam it was: a delta is met by the one that asks about it, or a later one."""
