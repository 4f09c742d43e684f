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


_QUESTION_DECIDED = {
    Outcome.UPHELD: "Two trainers answered the question without knowing its key, and came to the same as the key. It stands as it is.",
    Outcome.AMENDED: (
        "Two trainers answered the question without knowing its key, and agree that the key is wrong. What that changes is ruled on next, for everybody who "
        "had the question; you hear from us again if your result changes."
    ),
    Outcome.GREY: (
        "Three trainers answered the question without knowing its key, and no two alike. Nobody gets it any more until a trainer rules on it, for everybody "
        "who had it; you hear from us again if your result changes."
    ),
}


def decided_question_letter(outcome: Outcome, *, dispute: str, site_url: str) -> Letter:
    """What somebody is told whose claim about a question was decided. Names no question."""
    body = f"You disputed a question of an exam.\n\n{_QUESTION_DECIDED[outcome]}\n\nTheir reasons:\n{site_url}/disputes/{dispute}\n"
    return Letter("Your dispute of a question is decided", body)


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
