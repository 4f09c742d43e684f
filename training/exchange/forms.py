"""What is entered to bring a file in and to take items away."""

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import SearchField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from training.cases.rules import Difficulty, Severity
from training.documents import is_clause_code
from training.exams.rules.blueprint import DecisionClass
from training.exchange.rules.exporting import ExportFormat
from training.exchange.rules.tables import FIELDS
from training.web.forms import FilterForm, Form, choices_of

CLASS_WORDS = {
    DecisionClass.KNOWLEDGE: "Knowledge of the rules",
    DecisionClass.VIOLATING: "Something that breaks a rule",
    DecisionClass.INNOCENT: "Something that breaks none (severity S0)",
}
FORMAT_WORDS = {
    ExportFormat.GIFT: "GIFT",
    ExportFormat.MOODLE: "Moodle XML",
    ExportFormat.QTI: "QTI 2.2 package",
    ExportFormat.CSV: "CSV",
    ExportFormat.XLSX: "XLSX spreadsheet",
    ExportFormat.JSONL: "JSON lines",
}
COLUMN = "column-"


class UploadForm(Form):
    """A file of questions."""

    file = FileField(
        "File",
        description="GIFT, Moodle XML, QTI 2.1 or 2.2 (an item or a package), CSV, XLSX, JSON lines or Label Studio's JSON; 50 MB and 5,000 questions at most.",
        validators=[FileRequired("Choose a file.")],
    )


class TermsForm(Form):
    """What holds for every question that does not say it itself; the column of each field is a field of its own, `column-stem`."""

    area = SelectField("Area", validators=[InputRequired("Choose an area.")])
    language = StringField(
        "Language", default="en", description="Two letters: en, id.", validators=[Regexp(r"^[a-z]{2}$", message="Write two lower case letters.")]
    )
    decision_class = SelectField("What they are about", choices=choices_of(CLASS_WORDS.items()), default=DecisionClass.KNOWLEDGE.value)
    severity = SelectField("Severity", choices=choices_of((severity.value, severity.value) for severity in Severity), default=Severity.S2.value)
    difficulty = SelectField("Difficulty", choices=choices_of((each.value, each.value.capitalize()) for each in Difficulty), default=Difficulty.TYPICAL.value)
    clauses = StringField(
        "Clauses",
        description="With blanks between them: PRO-03.a PRO-03.b. May be left out, and filled in draft by draft.",
        validators=[Optional(), Length(max=200)],
    )
    prefix = StringField(
        "Ids begin with",
        description="For questions without an id of their own that is free. Say nothing about answers in it.",
        validators=[
            DataRequired("Give ids a beginning."),
            Length(3, 50, "Use between 3 and 50 letters."),
            Regexp(r"^[a-z0-9]+(?:-[a-z0-9]+)*$", message="Use lower case letters, digits and hyphens."),
        ],
    )

    def validate_clauses(self, field: Any) -> None:
        """They are written as clause codes are."""
        strange = [code for code in self.codes if not is_clause_code(code)]
        if strange:
            raise ValueError(f"“{strange[0][:20]}” is no clause code: write PRO-03.b.")

    @property
    def codes(self) -> list[str]:
        """The clauses, each for itself."""
        return (self.clauses.data or "").replace(",", " ").split()

    def terms(self, entered: Mapping[str, str], columns: list[str]) -> dict[str, object]:
        """What was said, with the column of each field that has one."""
        names = ("language", "area", "severity", "decision_class", "difficulty")
        mapping = {name: column for name in FIELDS if (column := entered.get(f"{COLUMN}{name}", "")) in columns and column}
        defaults = {name: self[name].data for name in names} | {"clauses": self.codes}
        return {"mapping": mapping, "defaults": defaults, "prefix": self.prefix.data}


class ChooseForm(FilterForm):
    """Which items are looked for."""

    q = SearchField("Words of the id", validators=[Optional(), Length(max=60)])
    area = SelectField("Area", validate_choice=False)


class ExportForm(Form):
    """Which items go into which format."""

    into = SelectField("Format", choices=choices_of((into.value, words) for into, words in FORMAT_WORDS.items()))
    ids = TextAreaField(
        "Items",
        description="Their ids, with blanks or line ends between them; 2,000 at most.",
        validators=[DataRequired("Name at least one item."), Length(max=130_000)],
    )

    @property
    def slugs(self) -> list[str]:
        """The ids, each once, in order."""
        return list(dict.fromkeys((self.ids.data or "").replace(",", " ").split()))
