"""What the content folder says of practice sets. Unknown fields are faults."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from training.documents import FieldFaults, Slug


class CheckDocument(BaseModel):
    """A small practice set: a few cases of the practice pool, and how many must be right."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

    id: Slug
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    cases: Annotated[list[Slug], Field(min_length=1, max_length=50)]
    pass_count: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _can_be_passed(self) -> Self:
        if len(set(self.cases)) != len(self.cases):
            raise FieldFaults([(("cases",), "cases names a case twice; name each once")])
        if self.pass_count > len(self.cases):
            problem = f"pass_count is {self.pass_count}, but there are only {len(self.cases)} cases; lower it or add cases"
            raise FieldFaults([(("pass_count",), problem)])
        return self
