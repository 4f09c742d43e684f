"""What people read in mails about their exams. No mail names a question or tells a key."""

from dataclasses import dataclass

from training.exams.queries.regrading import ChangedRun
from training.exams.rules.rulings import Effect


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a body."""

    subject: str
    body: str


_REGRADED = {
    Effect.GAINED: "You did not pass before, and you pass now. Where this was the last thing missing, the certificate has been awarded.",
    Effect.LOST: (
        "You passed before, and by the new score you do not. Through no fault of yours, so nothing is taken from you: your certificate stays in force. "
        "We ask you to sit a short re-test; the exam is open to you now."
    ),
    Effect.LOST_MOOT: "You passed before, and by the new score you do not. No certificate of yours rests on this attempt, so nothing else changes.",
    Effect.FIGURES: "Your points changed. Whether you passed did not.",
}


def regraded_letter(run: ChangedRun, effect: Effect, site_url: str) -> Letter:
    """What a person affected by a ruling is told."""
    body = (
        f"The key of a question turned out to be wrong, and a trainer ruled on it. Your attempt at “{run.exam_title}” was graded anew.\n\n"
        f"{_REGRADED[effect]}\n\n"
        f"The result, with the score before it:\n{site_url}/exams/attempts/{run.public_id}/result\n"
    )
    return Letter(f"Your result of {run.exam_title} was graded anew", body)


def appealed_letter(run: ChangedRun, effect: Effect, site_url: str) -> Letter:
    """What a candidate is told when the reply that they appealed about was marked once more."""
    stands = f"You {'passed' if run.is_passed else 'did not pass'} before, and that stands."
    body = (
        f"What you wrote in “{run.exam_title}” was marked once more, by somebody who had not marked it and did not know of your appeal.\n\n"
        f"{stands if effect is Effect.FIGURES else _REGRADED[effect]}\n\n"
        f"Your points before and since:\n{site_url}/disputes/attempts/{run.public_id}\n"
    )
    return Letter(f"Your appeal about {run.exam_title} is decided", body)


def marked_letter(*, exam_title: str, attempt: str, is_passed: bool, site_url: str) -> Letter:
    """What a candidate is told when everything they wrote has been marked."""
    body = (
        f"What you wrote in “{exam_title}” has been marked, and you {'passed' if is_passed else 'did not pass'}.\n\n"
        f"The result:\n{site_url}/exams/attempts/{attempt}/result\n"
    )
    return Letter(f"Your result of {exam_title} is there", body)


def late_letter(*, exam_title: str, attempt: str, counted: int, waiting: int, site_url: str) -> Letter:
    """What a candidate is told when a trainer ruled on what arrived after the end."""
    arrived = "An answer" if waiting == 1 else f"{waiting} answers"
    if not counted:
        ruled = "A trainer looked at it, and it does not count." if waiting == 1 else "A trainer looked at them, and they do not count."
    elif counted == waiting:
        ruled = f"A trainer ruled that {'it counts' if waiting == 1 else 'they count'}, and your attempt was graded once more."
    else:
        ruled = f"A trainer ruled that {counted} of them count{'s' if counted == 1 else ''}, and your attempt was graded once more."
    body = (
        f"{arrived} to “{exam_title}” arrived after the end. {ruled}\n\n"
        f"The result, with the reason of the ruling:\n{site_url}/exams/attempts/{attempt}/result\n"
    )
    return Letter(f"Late answers to {exam_title}", body)


def called_letter(exam_title: str, note: str, *, workshop_id: int, site_url: str) -> Letter:
    """What somebody reads who is called to judge where the cut of an exam lies."""
    said = f"{note}\n\n" if note else ""
    body = (
        f"You are asked to say where the pass mark of “{exam_title}” lies: question by question, how many of 100 people who are just good enough get it "
        f"right. Nobody sees what another said before all of it is revealed, and then it is shown without names.\n\n{said}"
        f"Whoever begins knows the questions from then on, and is never asked them in an exam.\n\n{site_url}/exams/desk/workshops/{workshop_id}\n"
    )
    return Letter(f"Judge the questions of {exam_title}", body)


def spread_letter(exam_title: str, *, workshop_id: int, site_url: str) -> Letter:
    """What judges read once the spread is revealed."""
    body = (
        f"What the judges said of the questions of “{exam_title}” is revealed, without names. Look at where you differ; you can say something else "
        f"until the workshop is closed.\n\n{site_url}/exams/desk/workshops/{workshop_id}\n"
    )
    return Letter(f"Judge once more: {exam_title}", body)
