"""What people enter about certificates."""

from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from training.certification.rules import EventKind, Shows
from training.web.forms import FilterForm, Form, choices_of


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


class DisclosureForm(Form):
    """What the public pages of my certificates tell of my name."""

    shows = RadioField(
        "Public pages show",
        choices=choices_of(
            [
                (Shows.NOTHING.value, "Nothing of my name"),
                (Shows.INITIALS.value, "My initials"),
                (Shows.NAME.value, "My name"),
            ]
        ),
        description="Whoever has the number or the QR code of one of your certificates opens its page. It never shows more of you than this.",
        validators=[DataRequired("Choose one.")],
    )


class TeamForm(FilterForm):
    """Whose time in shadow the page shows."""

    team = SelectField("Team", coerce=int, default=0)


class SignOffForm(Form):
    """What a buddy says for somebody in shadow."""

    reason = TextAreaField(
        "What you saw",
        description="You vouch that they decide well. They, their lead and auditors read this.",
        validators=[DataRequired("Say what you saw."), Length(min=10, max=400, message="Use between 10 and 400 letters.")],
    )


class ShadowForm(Form):
    """How a time in shadow goes on."""

    deed = SelectField(
        "What happens", choices=choices_of([(EventKind.PROMOTED.value, "Promote: the shadow ends"), (EventKind.EXTENDED.value, "Extend the shadow")])
    )
    days = IntegerField("Days from now", description="Only to extend it: 1 to 90.", validators=[Optional(), NumberRange(1, 90, "Use between 1 and 90 days.")])
    reason = TextAreaField(
        "Reason",
        description="They, their buddy and auditors read this.",
        validators=[DataRequired("Say why."), Length(min=10, max=400, message="Use between 10 and 400 letters.")],
    )
