"""Areas and labels, as `taxonomy.yaml` lists them."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from training.cases.documents.words import AreaCode, LabelCode, Line, Strict
from training.cases.rules import Action, EscalationTarget, Severity, Surface
from training.documents import FieldFaults, FieldPath


class AreaDocument(Strict):
    """A field of policy."""

    code: AreaCode
    title: Line


class LabelDocument(Strict):
    """One kind of violation, with what usually follows from it."""

    code: LabelCode
    area: AreaCode
    title: Line
    synonyms: Annotated[dict[Literal["en", "id"], Annotated[list[Line], Field(max_length=20)]], Field(exclude_if=lambda words: not words)] = Field(
        default_factory=dict
    )
    """Other words by which people look for it, by language."""
    surfaces: Literal["any"] | Annotated[list[Surface], Field(min_length=1)]
    dsa_category: Line
    dsa_keyword: Line
    ground: Line
    severity: Severity
    default_decision: Annotated[list[Action], Field(min_length=1)]
    escalate_to: EscalationTarget | None = None

    @property
    def surface_list(self) -> list[Surface]:
        """Every surface it can occur on."""
        return list(Surface) if self.surfaces == "any" else list(self.surfaces)


class TaxonomyDocument(Strict):
    """The whole vocabulary."""

    areas: Annotated[list[AreaDocument], Field(min_length=1)]
    labels: Annotated[list[LabelDocument], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_agree(self) -> Self:
        faults = [*self._doubled("areas", self.areas), *self._doubled("labels", self.labels)]
        areas = {area.code for area in self.areas}
        for position, label in enumerate(self.labels):
            if label.area not in areas:
                faults.append((("labels", position, "area"), f"names the area {label.area}, which is not listed; list it under areas, or correct the label"))
            if label.code.startswith("OUT-"):
                faults.append((("labels", position, "code"), f"{label.code} is an outcome, which the program knows by itself; leave it out"))
        if faults:
            raise FieldFaults(faults)
        return self

    @staticmethod
    def _doubled(field: str, listed: Sequence[AreaDocument | LabelDocument]) -> list[tuple[FieldPath, str]]:
        codes = [entry.code for entry in listed]
        return [((field, position, "code"), f"{code} is listed twice; list it once") for position, code in enumerate(codes) if code in codes[:position]]
