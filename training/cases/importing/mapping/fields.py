"""The fields of a case that a mapping may name, the shape each value takes, and what each may hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from training.cases.documents import CONTENTS, CaseDocument, ReferenceDocument
from training.cases.rules import Surface
from training.documents import FieldPath

CASE_FIELDS = ("surface", "language", "market", "difficulty", "family")
REFERENCE_FIELDS = ("decisions", "labels", "severity", "escalate_to", "must_escalate", "clauses", "rationale", "evidence")


def _decisions(value: Any) -> Any:
    """`REMOVE+STRIKE|REMOVE`, a list of actions (one decision), or a list of decisions."""
    if isinstance(value, str):
        return [[action.strip() for action in decision.split("+")] for decision in value.split("|")]
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return [[action.strip() for part in value for action in part.split("+")]]
    return value[0] if isinstance(value, list) and len(value) == 1 and _is_decisions(value[0]) else value


def _is_decisions(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, list) for part in value)


def _codes(value: Any) -> Any:
    listed = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(code for part in listed for code in (part if isinstance(part, list) else [part])))


def joined(value: Any) -> Any:
    """Several texts as one of as many lines; what is not several is left as it is."""
    return "\n".join(map(str, value)) if isinstance(value, list) and not any(isinstance(part, dict | list) for part in value) else value


def _single(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _as_it_is(value: Any) -> Any:
    return value


_SHAPES: Mapping[str, Callable[[Any], Any]] = {
    "decisions": _decisions,
    "labels": _codes,
    "clauses": _codes,
    "rationale": joined,
    "evidence": _as_it_is,
}


def shaped(field: str, value: Any) -> Any:
    """A value as this field of a case or its reference holds it: `PRO-03` as a list of labels, for one."""
    return _SHAPES.get(field, _single)(value)


@cache
def holding(field: str) -> TypeAdapter[Any]:
    """What this field of a case or its reference may hold."""
    document: type[BaseModel] = ReferenceDocument if field in REFERENCE_FIELDS else CaseDocument
    return TypeAdapter(document.model_fields[field].rebuild_annotation())


class NoSuchField(ValueError):
    """A path that leads to nothing in the content of a surface; the message says what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class ContentField:
    """One field of the content of a surface: the steps to it, and what it may hold."""

    steps: FieldPath
    holding: TypeAdapter[Any]
    is_text: bool
    """Whether it holds one text or number, and no list or map."""


@cache
def content_field(surface: Surface, path: str) -> ContentField:
    """The field at a path such as `thread.0.text`. Raises NoSuchField."""
    kind: Any = CONTENTS[surface]
    steps: list[str | int] = []
    for step in path.split("."):
        kind, taken = _step(kind, step, path)
        steps.append(taken)
    bare = _bare(kind)
    is_text = get_origin(bare) not in (list, dict) and not (isinstance(bare, type) and issubclass(bare, BaseModel))
    return ContentField(tuple(steps), TypeAdapter(kind), is_text)


def _step(kind: Any, step: str, path: str) -> tuple[Any, str | int]:
    inner, origin = _bare(kind), get_origin(_bare(kind))
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        fields = {field.alias or name: field.rebuild_annotation() for name, field in inner.model_fields.items() if name != "images"}
        if step not in fields:
            raise NoSuchField(f"`{step}` is no field here; write one of {', '.join(fields)}" + (" (pictures are not brought in)" if step == "images" else ""))
        return fields[step], step
    if origin is list:
        if not step.isdecimal() or int(step) > 99:
            raise NoSuchField(f"`{step}` is no place in a list; write a number from 0 on, as in `thread.0.text`")
        return get_args(inner)[0], int(step)
    if origin is dict:
        return get_args(inner)[1], step
    raise NoSuchField(f"`{path}` goes on behind a text; end it before `{step}`")


def _bare(kind: Any) -> Any:
    """A type without what limits it, and without nothing as an alternative."""
    while hasattr(kind, "__metadata__"):
        kind = kind.__origin__
    if get_origin(kind) in (Union, UnionType):
        return _bare(next(choice for choice in get_args(kind) if choice is not NoneType))
    return kind
