"""What is entered about disputes; the answer of a review is the cases' form."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from training.disputes.rules.claims import LONGEST_REASON, SHORTEST_REASON
from training.web.forms import Form

_LENGTH = Length(SHORTEST_REASON, LONGEST_REASON, f"Use between {SHORTEST_REASON} and {LONGEST_REASON:,} letters.")


class ClaimForm(Form):
    """Why somebody calls a reference wrong."""

    reason = TextAreaField(
        "What is wrong, and why",
        description="Name the rule you would decide by. You can send this once for each case.",
        validators=[DataRequired("Say what is wrong."), _LENGTH],
    )


class ReviewForm(Form):
    """Why a trainer decided the case so."""

    reason = TextAreaField(
        "Why you decide so",
        description="Name the clause. Whoever disputes the case reads it, without your name.",
        validators=[DataRequired("Say why."), _LENGTH],
    )
