"""What people enter about certificates."""

from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from training.certification.rules import EventKind
from training.web.forms import Form, choices_of


class LedgerEntryForm(Form):
    """An entry in somebody's ledger, with its reason."""

    kind = SelectField(
        "What happens",
        choices=choices_of(
            [
                (EventKind.SUSPENDED.value, "Suspend the certificate"),
                (EventKind.REINSTATED.value, "Reinstate it"),
                (EventKind.REVOKED.value, "Revoke it for good"),
            ]
        ),
    )
    reason = TextAreaField(
        "Reason",
        description="The holder and auditors read this. Say what happened and what it is based on.",
        validators=[DataRequired("Say why."), Length(min=10, max=400, message="Use between 10 and 400 letters.")],
    )
