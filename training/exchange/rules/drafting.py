"""What came in, as the text of a draft: with an id of its own, what the uploader says of all, and what is left to be filled in."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from training.cases.importing.writing import yaml_text
from training.documents.faults import Lines, field_name, meant
from training.documents.validation import problems_of
from training.exams.documents import ItemDocument
from training.exams.documents.items import ABOUT, ABOUT_TYPING
from training.exams.rules.blueprint import Criterion, ItemKind, ItemState
from training.exchange.rules.questions import Loss, Unfit

_SLUG = re.compile(r"^[a-z0-9](?:[a-z0-9-]{1,58}[a-z0-9])$")
_ORDER = ("id", "kind", "state", "public", "tags", "case", "language", "area", "severity", "decision_class", "difficulty", "family", "clauses", "stem")
_FILLED_IN_LATER: Mapping[str, Any] = {"clauses": ["PRO-01.a"], "rationale": "Why."}
"""What may be missing of a question, with what stands in for it while everything else is checked."""
DROPPED_AT_THE_DOOR = frozenset({"state", "public", "editorial"})
"""What comes in is a draft, whatever it was where it comes from."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the uploader says of every question that does not say it itself."""

    language: str
    area: str
    severity: str
    decision_class: str
    difficulty: str
    clauses: tuple[str, ...] = ()
    known_areas: frozenset[str] | None = None
    """The areas that run here; nothing where nobody asks."""
    known_clauses: frozenset[str] | None = None

    def values(self) -> dict[str, Any]:
        """As fields of an item."""
        said = {name: getattr(self, name) for name in ("language", "area", "severity", "decision_class", "difficulty")}
        return said | ({"clauses": list(self.clauses)} if self.clauses else {})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: in which field, what, and how to mend it. A row with a fault becomes no draft."""

    field: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """One row as it would come in."""

    line: int
    name: str
    """What its file calls it; may be empty."""
    slug: str
    kind: str
    text: str
    """The document; nothing where there are faults."""
    missing: tuple[str, ...] = ()
    """The fields that are left to be filled in before it can be submitted."""
    faults: tuple[Fault, ...] = ()
    losses: tuple[Loss, ...] = ()


class Naming:
    """Gives each row an id: its own where it is one and free, else the next number behind a prefix."""

    def __init__(self, prefix: str, taken: Container[str]) -> None:
        self._prefix, self._taken = prefix, taken
        self._given: set[str] = set()
        self._number = 0

    def slug_of(self, name: str) -> str:
        """An id that nothing else has."""
        if _SLUG.match(name) and self._is_free(name):
            self._given.add(name)
            return name
        while True:
            self._number += 1
            slug = f"{self._prefix}-{self._number:04}"
            if self._is_free(slug):
                self._given.add(slug)
                return slug

    def _is_free(self, slug: str) -> bool:
        return slug not in self._given and slug not in self._taken


def unfit(row: Unfit) -> Drafted:
    """A row that is no question we know."""
    return Drafted(row.line, row.name, "", "", "", faults=(Fault("", row.problem, row.remedy),))


def drafted(line: int, name: str, values: Mapping[str, Any], losses: tuple[Loss, ...], *, slug: str, defaults: Defaults) -> Drafted:
    """The draft of an item with these fields, each as far as the row says it, else as the uploader says of all."""
    whole = _whole(values, slug, defaults)
    kind = str(whole.get("kind", ""))
    missing = _missing(whole, kind)
    faults = (*_faults(whole, missing), *_strangers(whole, defaults))
    text = "" if faults else yaml_text(_plain(_with_blanks(whole, missing)))
    return Drafted(line, name, slug, kind, text, missing, faults, losses)


def _whole(values: Mapping[str, Any], slug: str, defaults: Defaults) -> dict[str, Any]:
    said = {name: value for name, value in values.items() if name not in DROPPED_AT_THE_DOOR and value not in (None, "", [], ())}
    own = {"id": slug, "state": ItemState.DRAFT.value, "public": False}
    kind = said.get("kind")
    if kind == ItemKind.CASE.value:
        return _ordered(said | own)
    general = defaults.values() | {"family": f"fam-{slug}"[:60].rstrip("-")}
    if kind == ItemKind.TYPING.value:
        general = {name: value for name, value in general.items() if name in ABOUT_TYPING}
    whole = general | said | own
    if whole.get("decision_class") == "innocent" and "severity" not in said:
        whole["severity"] = "S0"
    return _ordered(whole)


def _ordered(values: dict[str, Any]) -> dict[str, Any]:
    first = {name: values[name] for name in _ORDER if name in values}
    last = {"rationale": values["rationale"]} if "rationale" in values else {}
    return {**first, **{name: value for name, value in values.items() if name not in first and name not in last}, **last}


def _missing(whole: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    """What can be filled in later: everything but the question itself and its key."""
    if kind == ItemKind.CASE.value:
        return ()
    needed = ABOUT_TYPING if kind == ItemKind.TYPING.value else ABOUT
    missing = [name for name in needed if name not in whole and name in _FILLED_IN_LATER]
    reply = whole.get("reply")
    if isinstance(reply, Mapping) and isinstance(reply.get("rubric", {}), Mapping):
        missing += ["reply.ticket"] if not reply.get("ticket") else []
        missing += [f"reply.rubric.{criterion}" for criterion in Criterion if not reply.get("rubric", {}).get(criterion)]
    return tuple(missing)


def _faults(whole: Mapping[str, Any], missing: tuple[str, ...]) -> tuple[Fault, ...]:
    filled = dict(whole) | {name: _FILLED_IN_LATER[name] for name in missing if "." not in name}
    if isinstance(reply := whole.get("reply"), Mapping) and isinstance(reply.get("rubric", {}), Mapping):
        rubric = {criterion.value: "…" for criterion in Criterion} | dict(reply.get("rubric", {}))
        filled["reply"] = {**reply, "ticket": reply.get("ticket") or "…", "rubric": rubric}
    try:
        ItemDocument.model_validate(filled)
    except ValidationError as error:
        return tuple(Fault(field_name(where), *words) for where, words in problems_of(error, Lines(), ItemDocument))
    return ()


def _strangers(whole: Mapping[str, Any], defaults: Defaults) -> Iterator[Fault]:
    """Codes that do not run here."""
    area, clauses = whole.get("area"), whole.get("clauses")
    if defaults.known_areas is not None and isinstance(area, str) and area not in defaults.known_areas:
        yield Fault("area", f"there is no area `{area}`", _close(str(area), defaults.known_areas))
    for clause in clauses if defaults.known_clauses is not None and isinstance(clauses, list | tuple) else ():
        if isinstance(clause, str) and clause not in (defaults.known_clauses or ()):
            yield Fault("clauses", f"there is no clause `{clause}`", _close(str(clause), defaults.known_clauses or frozenset()))


def _close(code: str, known: frozenset[str]) -> str:
    close = meant(code, known)
    return f"did you mean `{close}`?" if close else "write one that runs here"


def _with_blanks(whole: Mapping[str, Any], missing: tuple[str, ...]) -> dict[str, Any]:
    """With an empty place for everything that is missing, where the editor shows it."""
    filled = dict(whole) | {name: [] if name == "clauses" else "" for name in missing if "." not in name}
    if isinstance(reply := whole.get("reply"), Mapping):
        rubric = {criterion.value: reply.get("rubric", {}).get(criterion.value, "") for criterion in Criterion}
        filled["reply"] = {**reply, "ticket": reply.get("ticket", ""), "rubric": rubric}
    return _ordered(filled)


def _plain(value: Any) -> Any:
    """Values as YAML writes them: numbers with decimals as they were said."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return _number(value)
    return value


def _number(value: Decimal) -> int | float | str:
    """A number as YAML has it; one that it would round as the text that is read as a number again."""
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else str(value)
