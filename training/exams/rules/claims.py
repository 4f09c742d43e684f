"""What an exam lets a certificate say, in one figure: how likely somebody passes who does not know enough."""

from collections.abc import Sequence

from training.certification.rules import Claim
from training.exams.rules.power import Chance

NOT_ENOUGH = 0.80
"""The true accuracy that the claim of a fixed form is made about."""


def claim_of_form(chances: Sequence[Chance], tries: int) -> Claim | None:
    """The claim of a fixed form, all tries of a period together; nothing where its power was never reckoned."""
    found = next((chance for chance in chances if chance.accuracy == NOT_ENOUGH), None)
    return Claim(NOT_ENOUGH, found.high_in_all, tries) if found else None
