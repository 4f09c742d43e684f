"""What people read in mails about disputes. No mail tells a reference."""

from dataclasses import dataclass

from training.disputes.rules.reviews import Outcome


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a body."""

    subject: str
    body: str


_DECIDED = {
    Outcome.UPHELD: "Two trainers decided the case anew, without knowing what the expert had said, and came to the same. It stands as it is.",
    Outcome.AMENDED: (
        "Two trainers decided the case anew and agree that the expert was wrong. A trainer changes it next; you hear from us again if your answer counts "
        "differently then."
    ),
    Outcome.GREY: "Three trainers decided the case anew and did not agree. Several answers will count as right; you hear from us again if yours does.",
}


def decided_letter(outcome: Outcome, *, dispute: str, site_url: str) -> Letter:
    """What somebody is told whose claim was decided."""
    body = f"You disagreed with what the expert said of a practice case.\n\n{_DECIDED[outcome]}\n\nTheir reasons:\n{site_url}/disputes/{dispute}\n"
    return Letter("Your disagreement is decided", body)


def scored_anew_letter(*, serving_id: int, is_right: bool, site_url: str) -> Letter:
    """What somebody is told whose answer counts differently after a dispute."""
    body = (
        "Somebody disputed what the expert said of a practice case that you answered, and it was changed. Your answer was scored anew: "
        f"it {'is right now, and was not before' if is_right else 'is not right any more'}. Your figures follow it.\n\n"
        f"The case, with your answer beside what the expert says now:\n{site_url}/practice/{serving_id}\n"
    )
    return Letter("An answer of yours was scored anew", body)


def wording_letter(*, code: str, remark_id: int, words: str, site_url: str) -> Letter:
    """What somebody is told who found a clause unclear."""
    body = f"You said that the wording of {code} is unclear. A trainer answers:\n\n{words}\n\n{site_url}/disputes/remarks/{remark_id}\n"
    return Letter(f"What you said about {code} is answered", body)
