"""Whether somebody may start an exam now, and if not, everything that stands in the way."""

from dataclasses import dataclass
from datetime import datetime

from training.certification.rules import Unmet
from training.exams.rules.reasons import StartRefusal
from training.exams.rules.retakes import Remedial, Wait, opens_at


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between a person and a start. May start is the absence of all of it."""

    unmet: tuple[Unmet, ...] = ()
    waits: tuple[Wait, ...] = ()
    is_passed_already: bool = False
    """The exam is passed, and the pass waits for other needs."""
    is_held_already: bool = False
    is_retest_due: bool = False
    """A ruling took back the pass that earned the certificate: the exam is open although the certificate is held."""
    is_not_held: bool = False
    """A delta is for those who hold the certificate."""
    is_delta_passed: bool = False
    """This version of a delta is passed."""
    is_being_marked: bool = False
    """The last attempt waits for a marker."""
    remedial: Remedial | None = None
    """What has to be practised before the next attempt, where the exam asks for it."""
    is_allowed: bool = False
    """A trainer has allowed one attempt more than the retake rule gives."""
    held_until: datetime | None = None
    """Until when they hold the certificate that the exam would earn or renew."""
    renewal_opens_at: datetime | None = None
    """When they may renew it, where that is not now."""
    window_refusal: StartRefusal | None = None
    """The announced window is not open."""

    @property
    def opens_at(self) -> datetime | None:
        """When the waiting is over, as far as time alone decides."""
        return opens_at(self.waits)

    @property
    def refusal(self) -> StartRefusal | None:
        """The reason to say first, or nothing where the person may start."""
        reasons = (
            (self.is_being_marked, StartRefusal.BEING_MARKED),
            (self.is_delta_passed, StartRefusal.DELTA_PASSED),
            (self.is_not_held, StartRefusal.NOT_HELD),
            (self.is_held_already, StartRefusal.HELD_ALREADY),
            (self.is_passed_already, StartRefusal.PASSED_ALREADY),
            (bool(self.unmet), StartRefusal.NEEDS_UNMET),
            (bool(self.waits), StartRefusal.RETAKE_WAITS),
            (self.remedial is not None and not self.remedial.is_done, StartRefusal.REMEDIAL_DUE),
        )
        return next((reason for applies, reason in reasons if applies), self.window_refusal)
