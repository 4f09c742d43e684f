"""What is entered about retakes."""

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from training.exams.forms.supervision import reason_field
from training.web.forms import Form


class AllowForm(Form):
    """One more attempt for somebody."""

    email = StringField("E-mail address of the candidate", validators=[DataRequired("Say whom."), Length(max=200)])
    exam = SelectField("Exam", validators=[DataRequired("Choose the exam.")])
    reason = reason_field("Why one more is right. Kept for good, for auditors.")
