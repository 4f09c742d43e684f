"""What is entered about disputes; the answer of a review is the cases' form."""

from collections.abc import Sequence

from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from training.courses.queries import clause_by_code
from training.disputes.rules.claims import LONGEST_REASON, SHORTEST_REASON
from training.errors import NotFound
from training.web.forms import Form

LONGEST_MINUTES = 120
SHORTEST_RATIONALE = 20
"""Letters, as every case's document has at least."""

_LENGTH = Length(SHORTEST_REASON, LONGEST_REASON, f"Use between {SHORTEST_REASON} and {LONGEST_REASON:,} letters.")


class ClaimForm(Form):
    """Why somebody calls a reference wrong."""

    reason = TextAreaField(
        "What is wrong, and why",
        description="Name the rule you would decide by. You can send this once for each case.",
        validators=[DataRequired("Say what is wrong."), _LENGTH],
    )


class QuestionClaimForm(Form):
    """Why a candidate calls the key of a question wrong."""

    position = IntegerField(
        "Number of the question",
        description="As it stood above the question. If you are not sure, give your best guess and describe it.",
        validators=[InputRequired("Say which question.")],
    )
    reason = TextAreaField(
        "What you remember, what is wrong, and why",
        description="Name the rule you would decide by. You can send this once for each question.",
        validators=[DataRequired("Say what is wrong."), _LENGTH],
    )


class AppealForm(Form):
    """Why a candidate appeals against the marks of a written reply. Make it with `appeal_form`."""

    reply = RadioField("Which reply", coerce=int, validators=[InputRequired("Choose a reply.")])
    reason = TextAreaField(
        "What the marks missed",
        description="Kept with the appeal. Whoever marks again does not read it, so that the mark stays blind. You can appeal once for each reply.",
        validators=[DataRequired("Say what the marks missed."), _LENGTH],
    )


def appeal_form(positions: Sequence[int]) -> AppealForm:
    """The form, for the replies at these places."""
    form = AppealForm(prefix="appeal-")
    form.reply.choices = [(position, f"Question {position}") for position in positions]
    return form


class OpeningForm(Form):
    """For how long a candidate may look at a question once more."""

    minutes = IntegerField(
        "Minutes",
        validators=[InputRequired("Say for how long."), NumberRange(5, LONGEST_MINUTES, f"Use whole minutes from 5 to {LONGEST_MINUTES}.")],
    )


class QuestionReviewForm(Form):
    """Why a trainer answered the question so."""

    reason = TextAreaField(
        "Why you answer so",
        description="Name the clause. Whoever disputes the question reads it, without your name: do not tell the answer.",
        validators=[DataRequired("Say why."), _LENGTH],
    )


class ReviewForm(Form):
    """Why a trainer decided the case so."""

    reason = TextAreaField(
        "Why you decide so",
        description="Name the clause. Whoever disputes the case reads it, without your name.",
        validators=[DataRequired("Say why."), _LENGTH],
    )


class CarryingForm(Form):
    """What the reviews leave to whoever carries them out. Make it with `carrying_form`."""

    clauses = StringField(
        "Clauses", description="Their codes, the deciding one first.", validators=[DataRequired("Name the clause that decides."), Length(max=200)]
    )
    rationale = TextAreaField(
        "Why",
        description="Everybody reads it after their answer. The text below is a reviewer's; make it one for all.",
        validators=[DataRequired("Say why."), Length(SHORTEST_RATIONALE, LONGEST_REASON, f"Use between {SHORTEST_RATIONALE} and {LONGEST_REASON:,} letters.")],
    )
    seen = HiddenField()

    known: frozenset[str] = frozenset()
    """Clauses that the reference names already, whether or not the handbook still has them."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The clauses, each once."""
        return tuple(dict.fromkeys((self.clauses.data or "").replace(",", " ").split()))

    @property
    def words(self) -> str:
        """The rationale; browsers end lines their own way."""
        return (self.rationale.data or "").replace("\r\n", "\n")

    def validate_clauses(self, _field: StringField) -> None:
        """Each is in the handbook, or was named before."""
        unknown = [code for code in self.codes if code not in self.known and not _is_in_handbook(code)]
        if unknown:
            raise ValidationError(f"The handbook has no {', '.join(unknown)}. Name clauses by their codes, such as PRO-03.b.")


def _is_in_handbook(code: str) -> bool:
    try:
        clause_by_code(code)
    except NotFound:
        return False
    return True


def carrying_form(*, clauses: Sequence[str], rationale: str, seen: str) -> CarryingForm:
    """The form, filled from the reference and a review where nothing was sent."""
    form = CarryingForm(data={"clauses": " ".join(clauses), "rationale": rationale, "seen": seen})
    form.known = frozenset(clauses)
    return form


class RemarkForm(Form):
    """What is unclear about a clause."""

    reason = TextAreaField(
        "What is unclear",
        description="Say how it can be read, and where that made you unsure. You can send this once for each wording.",
        validators=[DataRequired("Say what is unclear."), _LENGTH],
    )


class AnswerForm(Form):
    """What a trainer answers."""

    words = TextAreaField("Your answer", description="It is sent by mail.", validators=[DataRequired("Say something."), _LENGTH])
