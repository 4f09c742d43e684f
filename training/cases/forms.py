"""The answer to one case, as a form. Its field names are those of the answer's JSON, in practice and in exams alike."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired

from training.cases.documents import LONGEST_REPLY, LONGEST_RISK, mark_document, plain_text, read_marks, read_times, write_marks
from training.cases.rendering import ACTIONS, CERTAINTIES, INTENTS, PARTIES, SEVERITIES, TARGETS, DisplayedCase, name_of
from training.cases.rules import Action, Ask, Mark, Taxonomy, quote_span
from training.web.forms import Form, MultiCheckboxField, choices_of

LONGEST_QUOTES = 5_000


class CaseAnswerForm(Form):
    """Decision, labels, severity, escalation and evidence. Make it with `answer_form`."""

    actions = MultiCheckboxField(
        "Decision",
        choices=choices_of((choice.value, choice.name) for group in ACTIONS for choice in group.choices),
        validators=[DataRequired("Choose at least one action.")],
    )
    primary_label = SelectField("Primary label", validators=[DataRequired("Choose the label that decides; “No violation” is one of them.")])
    further_labels = SelectMultipleField("Further labels")
    severity = RadioField(
        "Severity",
        choices=choices_of((choice.value, f"{choice.value} {choice.name}") for choice in SEVERITIES),
        validators=[DataRequired("Say how severe it is; S0 where nothing is wrong.")],
    )
    escalate_to = SelectField("Escalate to", choices=choices_of([("", "Nobody"), *((choice.value, f"{choice.name}: {choice.meaning}") for choice in TARGETS)]))
    evidence = HiddenField("Evidence")
    evidence_quotes = TextAreaField("Evidence as quotes")
    evidence_times = TextAreaField("Evidence as times")

    case: DisplayedCase
    taxonomy: Taxonomy = Taxonomy((), ())

    @property
    def chosen_actions(self) -> tuple[str, ...]:
        """The actions of the decision."""
        return tuple(self.actions.data or ())

    @property
    def chosen_primary(self) -> tuple[str, ...]:
        """The label that decides, if any."""
        return (self.primary_label.data,) if self.primary_label.data else ()

    @property
    def chosen_further(self) -> tuple[str, ...]:
        """The other labels."""
        return tuple(self.further_labels.data or ())

    def validate_actions(self, field: MultiCheckboxField) -> None:
        """Approving goes with nothing else."""
        chosen = field.data or []
        if Action.APPROVE in chosen and len(chosen) > 1:
            raise ValidationError(f"{name_of(Action.APPROVE)} leaves it as it is and goes with no other action. Take one of them back.")

    def validate_escalate_to(self, field: SelectField) -> None:
        """Escalating says to whom."""
        if Action.ESCALATE in (self.actions.data or ()) and not field.data:
            raise ValidationError("You escalate: say to whom.")

    def validate_evidence(self, field: HiddenField) -> None:
        """Marks lie in texts, in the recording or in pictures of this case."""
        try:
            marks = read_marks(field.data or "")
        except ValueError:
            raise ValidationError("The marks could not be read. Mark the evidence again.") from None
        if {mark.field for mark in marks} - self.case.extents.keys():
            raise ValidationError("A mark lies outside this case. Mark the evidence again.")

    def validate_evidence_quotes(self, field: TextAreaField) -> None:
        """Each quote occurs once in this case."""
        if len(field.data or "") > LONGEST_QUOTES:
            raise ValidationError("The quotes are too long. Quote only what shows why.")
        for quote in self._quotes():
            if quote_span(self.case.pieces, quote=quote) is None:
                raise ValidationError(f"“{quote}” does not occur in this case exactly once. Copy it exactly, and long enough to occur once.")

    def validate_evidence_times(self, field: TextAreaField) -> None:
        """Each line is a stretch of this case's recording."""
        for line in self._times():
            if read_times(line) is None or self.case.recording is None:
                raise ValidationError(f"“{line[:40]}” is no stretch of the recording. Write when it begins and ends, like 0:06-0:09.")

    @property
    def asks(self) -> frozenset[Ask]:
        """What the case asks for beside the decision."""
        return self.case.asks

    def besides_json(self) -> dict[str, Any]:
        """What is said beside the decision; nothing where nothing is asked."""
        return {}

    def as_json(self) -> dict[str, Any]:
        """The answer as the JSON object that is stored and scored."""
        typed = (*(quote_span(self.case.pieces, quote=quote) for quote in self._quotes()), *map(read_times, self._times()))
        marks: list[Mark] = [*read_marks(self.evidence.data or ""), *(span for span in typed if span is not None)]
        return {
            "actions": list(self.actions.data or ()),
            "primary_label": self.primary_label.data or None,
            "further_labels": [label for label in self.further_labels.data or () if label != self.primary_label.data],
            "severity": self.severity.data or None,
            "escalate_to": self.escalate_to.data or None,
            "evidence": [mark_document(mark).model_dump(mode="json") for mark in marks],
            **self.besides_json(),
        }

    def _quotes(self) -> Iterable[str]:
        return (line.strip() for line in (self.evidence_quotes.data or "").splitlines() if line.strip())

    def _times(self) -> Iterable[str]:
        return (line.strip() for line in (self.evidence_times.data or "").splitlines() if line.strip())


class AskedForm(CaseAnswerForm):
    """The answer to a case that asks for more than a decision. What it does not ask for, `answer_form` takes out."""

    intent = SelectField("Intent", choices=choices_of([("", "Not said"), *INTENTS.items()]))
    macro = SelectField("Macro")
    reply = TextAreaField("Your reply", filters=[plain_text])
    risk_who = SelectField("Who", choices=choices_of([("", "Not said"), *PARTIES.items()]))
    risk_what = StringField("What they do", filters=[plain_text])
    risk_certainty = SelectField("How sure", choices=choices_of([("", "Not said"), *CERTAINTIES.items()]))

    def validate_reply(self, field: TextAreaField) -> None:
        """A reply can be read in one go."""
        if len(field.data or "") > LONGEST_REPLY:
            raise ValidationError(f"The reply is longer than {LONGEST_REPLY:,} characters. Make it shorter.")

    def validate_risk_what(self, field: StringField) -> None:
        """A risk report says all of it or nothing."""
        said = [bool(part.data) for part in (self.risk_who, field, self.risk_certainty)]
        if len(field.data or "") > LONGEST_RISK:
            raise ValidationError(f"Say it in {LONGEST_RISK} characters.")
        if any(said) and not all(said):
            raise ValidationError("A risk report says who, what and how sure you are: all three, or nothing.")

    def besides_json(self) -> dict[str, Any]:
        """What is said beside the decision."""
        plain = {ask.value: self[ask.value].data for ask in (Ask.INTENT, Ask.MACRO, Ask.REPLY) if ask in self.asks and self[ask.value].data}
        if Ask.RISK not in self.asks or not self.risk_who.data:
            return plain
        return {**plain, "risk": {"who": self.risk_who.data, "what": self.risk_what.data, "certainty": self.risk_certainty.data}}


FIELDS_OF: Mapping[Ask, tuple[str, ...]] = {
    Ask.INTENT: ("intent",),
    Ask.MACRO: ("macro",),
    Ask.REPLY: ("reply",),
    Ask.RISK: ("risk_who", "risk_what", "risk_certainty"),
}
"""The fields of the form by what a case asks for."""


def answer_form(taxonomy: Taxonomy, *, case: DisplayedCase, saved: Mapping[str, Any] | None = None) -> CaseAnswerForm:
    """An answer form for this case, filled from what was sent, else from a saved answer's JSON."""
    values = dict(saved or {})
    marks = values.pop("evidence", [])
    risk = {f"risk_{name}": value for name, value in (values.pop("risk", None) or {}).items()}
    form_class = AskedForm if case.asks else CaseAnswerForm
    form = form_class(data={**values, **risk, "primary_label": values.get("primary_label") or "", "evidence": write_marks(marks)})
    if isinstance(form, AskedForm):
        _ask_only(form, case)
    form.further_labels.choices = _label_choices(taxonomy)
    form.primary_label.choices = [*choices_of([("", "Choose a label")]), *_label_choices(taxonomy)]
    form.case = case
    form.taxonomy = taxonomy
    return form


@lru_cache(maxsize=8)
def _label_choices(taxonomy: Taxonomy) -> tuple[Any, ...]:
    return tuple(choices_of((label.code, label.title) for label in taxonomy.labels))


def _ask_only(form: AskedForm, case: DisplayedCase) -> None:
    """Leave of the form what this case asks for."""
    form.macro.choices = choices_of([("", "None"), *((macro["name"], macro["name"]) for macro in case.content.get("macros", ()))])
    for ask in Ask:
        for name in FIELDS_OF[ask] if ask not in case.asks else ():
            del form[name]
