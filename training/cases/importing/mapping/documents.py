"""What a mapping file says."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from training.cases.documents.words import LabelCode, Strict
from training.cases.importing.mapping.fields import NoSuchField, content_field, holding, shaped
from training.cases.rules import Surface
from training.documents import FieldFaults, FieldPath

Column = Annotated[str, Field(max_length=200)]


class FileFormat(StrEnum):
    """A kind of file that holds rows."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    LABEL_STUDIO = "label-studio"


class Pick(Strict):
    """Where one field comes from: a fixed `value`, or a `column`, with what the column's words mean here."""

    value: Any = None
    column: Column | None = None
    values: dict[str, Any] | None = None
    """What each word of the column means; a word that is neither here nor under `unknown` is a fault."""
    unknown: list[str] = Field(default_factory=list)
    """Words that say that nobody knows. An empty cell always does."""
    split: Annotated[str, Field(min_length=1, max_length=5)] | None = None
    """What stands between several words of one cell."""
    each: "dict[str, Pick] | None" = None
    """For a list of objects: the fields of each, from the columns of each."""

    @property
    def is_fixed(self) -> bool:
        """Whether every row has the same value."""
        return self.column is None

    @property
    def outcomes(self) -> Iterator[tuple[FieldPath, Any]]:
        """Every value that the mapping itself writes, with its place below the pick."""
        if self.is_fixed:
            yield ("value",), self.value
        yield from ((("values", word), value) for word, value in (self.values or {}).items())

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        given = self.model_fields_set
        if ("value" in given) == ("column" in given):
            raise ValueError("needs either `value` or `column`; write the value of every row, or the column it is in")
        beside = given & {"values", "unknown", "split", "each", "field", "only"}
        if "value" in given and beside - {"field", "only"}:
            raise ValueError(f"says `{min(beside)}` beside a fixed value; leave one of the two out")
        if self.each is not None and (self.values is not None or self.split is not None):
            raise ValueError("says `each` beside `values` or `split`; give the fields of each their own")
        return self


class EvidencePick(Pick):
    """Where the marked evidence comes from: quotes, or stretches with `start` and `end`."""

    field: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    """The text that was marked: `thread.0.text`."""
    only: list[str] | None = None
    """The labels whose stretches are evidence; all where nothing is said."""

    @model_validator(mode="after")
    def _marks_a_text(self) -> Self:
        if not self.is_fixed and self.field is None:
            raise ValueError("needs `field`; write which text of the content was marked, such as thread.0.text")
        if self.is_fixed and self.value != []:
            raise ValueError("a fixed value can only be []; it says that no case has anything to mark")
        if any(value != [] for value in (self.values or {}).values()):
            raise ValueError("the words under `values` can only mean []; they say that there is nothing to mark")
        return self


class ReferencePicks(Strict):
    """Where what the experts said comes from. What is left out is unknown, and the case stays a draft."""

    decisions: Pick | None = None
    labels: Pick | None = None
    severity: Pick | None = None
    escalate_to: Pick | None = None
    must_escalate: Pick | None = None
    clauses: Pick | None = None
    rationale: Pick | None = None
    evidence: EvidencePick | None = None


class CaseMapping(Strict):
    """One mapping file."""

    source: Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$", min_length=3, max_length=40)]
    """Where the rows are from. Their ids are unique within it, and a row that comes again is known by both."""
    format: FileFormat | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    sheet: str | None = None
    answers: Literal["annotations", "predictions"] = "annotations"
    id: Column
    id_is_opaque: bool = False
    """Whether a program made the ids up, so that one which looks like a phone or identity number is none."""
    surface: Pick
    language: Pick | None = None
    market: Pick | None = None
    difficulty: Pick | None = None
    family: Pick | None = None
    content: Annotated[dict[Surface, dict[str, Pick]], Field(min_length=1)]
    reference: ReferencePicks = Field(default_factory=ReferencePicks)
    label_facts: dict[LabelCode, Pick] = Field(default_factory=dict)
    """Columns that each say of one label whether it applies."""
    labels_asked: Literal["all", "some"] = "some"
    """Whether nobody could have given any other label than those of `label_facts`."""
    ignore: list[Column] = Field(default_factory=list)

    @property
    def picks(self) -> Iterator[tuple[FieldPath, Pick]]:
        """Every pick with its place in the file."""
        for name in ("surface", "language", "market", "difficulty", "family"):
            if (pick := getattr(self, name)) is not None:
                yield (name,), pick
        for surface, fields in self.content.items():
            yield from ((("content", surface.value, path), pick) for path, pick in fields.items())
        for name in ReferencePicks.model_fields:
            if (pick := getattr(self.reference, name)) is not None:
                yield ("reference", name), pick
        yield from ((("label_facts", code), pick) for code, pick in self.label_facts.items())

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        faults = [*self._content_faults(), *self._outcome_faults(), *self._label_faults(), *self._evidence_faults()]
        if faults:
            raise FieldFaults(faults)
        return self

    def _content_faults(self) -> Iterator[tuple[FieldPath, str]]:
        for surface, fields in self.content.items():
            for path, pick in fields.items():
                where: FieldPath = ("content", surface.value, path)
                try:
                    target = content_field(surface, path)
                except NoSuchField as error:
                    yield where, str(error)
                    continue
                for below, value in pick.outcomes:
                    yield from ((where + below, problem) for problem in _unfit(target.holding.validate_python, value))
        known = [value for _, value in self.surface.outcomes]
        for position, value in enumerate(known):
            if isinstance(value, str) and value in list(Surface) and Surface(value) not in self.content:
                yield ("content",), f"says nothing of the surface {value}, which `surface` names (value {position + 1}); add its fields"

    def _outcome_faults(self) -> Iterator[tuple[FieldPath, str]]:
        for where, pick in self.picks:
            if where[0] in {"content", "label_facts", "family"} or where == ("reference", "evidence"):
                continue
            field = str(where[-1])
            for below, value in pick.outcomes:
                yield from ((where + below, problem) for problem in _unfit(holding(field).validate_python, shaped(field, value)))

    def _label_faults(self) -> Iterator[tuple[FieldPath, str]]:
        if self.label_facts and self.reference.labels is not None:
            yield ("label_facts",), "stands beside reference.labels; one of them says which labels apply, leave the other out"
        for code, pick in self.label_facts.items():
            for below, value in pick.outcomes:
                if not isinstance(value, bool):
                    yield ("label_facts", code, *below), "is neither true nor false; say whether the label applies"

    def _evidence_faults(self) -> Iterator[tuple[FieldPath, str]]:
        pick = self.reference.evidence
        if pick is None or pick.field is None:
            return
        filled = [path for fields in self.content.values() for path in fields]
        if not any(pick.field == path or pick.field.startswith(f"{path}.") for path in filled):
            yield ("reference", "evidence", "field"), f"`{pick.field}` is filled by no column; write a text that the content above has"


def _unfit(validate: Any, value: Any) -> Iterator[str]:
    try:
        validate(value)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        expected = (detail.get("ctx") or {}).get("expected")
        yield f"`{value}` cannot stand in this field; " + (f"write {expected}" if expected else detail["msg"][:1].lower() + detail["msg"][1:])
