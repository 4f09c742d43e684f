"""One row of a source made into a draft of a case: what is known of it, what is not, and what was wrong with it."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from training.cases.importing.cleaning import Cleaner, Removal
from training.cases.importing.duplicates import said
from training.cases.importing.mapping import CASE_FIELDS, REFERENCE_FIELDS, CaseMapping, Pick, content_field, joined, shaped
from training.cases.importing.marking import quotes
from training.cases.importing.records import Misfit, Record, as_text
from training.cases.importing.redaction import PLACEHOLDERS, redact
from training.cases.importing.soundness import Made, Vocabulary, judge
from training.cases.importing.telling import Known, Unknown, tell
from training.cases.rules import Outcome, Surface
from training.documents import FieldPath, content_hash
from training.documents.faults import Fault, field_name

LONGEST_KEY = 200
LONGEST_SLUG = 60
_NO_SLUG = re.compile(r"[^a-z0-9]+")
IMPLIED_BY_INNOCENCE: Mapping[str, Any] = {"decisions": [["APPROVE"]], "severity": "S0", "escalate_to": None, "evidence": []}
"""What OUT-00 says by itself: nothing is wrong, so there is nothing to act on, to hand on or to mark."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What rows are read with: the file they are in, the mapping, the codes that run here, and the salt of what is taken out."""

    path: str
    mapping: CaseMapping
    vocabulary: Vocabulary
    salt: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as far as the source knows it."""

    line: int
    key: str
    """The source's own id."""
    made: Made
    label_facts: Mapping[str, bool]
    """Labels of which it is known that they apply, or that they do not; of all others it is not known."""
    unknown: Mapping[str, str]
    """What is missing before this is a whole case, and why."""
    removals: tuple[Removal, ...]

    @property
    def is_complete(self) -> bool:
        """Whether it is a whole case."""
        return not self.unknown

    @property
    def digest(self) -> str:
        """The same for two drafts exactly when they say the same."""
        return content_hash([dict(part) for part in (self.made.facts, self.made.content, self.made.reference, self.label_facts, self.unknown)])

    @property
    def text(self) -> str:
        """What duplicates are sought by."""
        return said(Surface(self.made.facts["surface"]), self.made.content)


def slug_of(source: str, key: str) -> str:
    """The id of the case that a row of this source becomes."""
    return f"{source}-{hashlib.sha256(f'{source} {key}'.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def family_of(source: str, word: str) -> str:
    """The family that a source's word for look-alikes becomes, apart from those of every other source."""
    written = f"{source}-{_NO_SLUG.sub('-', word.casefold()).strip('-')}"
    return written if len(written) <= LONGEST_SLUG and not written.endswith("-") else slug_of(source, word)


def draft(record: Record, terms: Terms) -> Draft | list[Fault]:
    """The draft of this row, or everything that is wrong with it."""
    if record.misfit is not None:
        return [Fault(terms.path, record.line, record.name, record.misfit.problem, record.misfit.remedy)]
    return _Drafting(record, terms, Cleaner(terms.salt)).draft()


@dataclass(slots=True)
class _Drafting:
    """Gathers what one row says, and its faults."""

    record: Record
    terms: Terms
    cleaner: Cleaner
    surface: Surface | None = None
    faults: list[Fault] = field(default_factory=list)
    unknown: dict[str, Unknown] = field(default_factory=dict)

    @property
    def mapping(self) -> CaseMapping:
        """The mapping."""
        return self.terms.mapping

    def draft(self) -> Draft | list[Fault]:
        key, facts = self._key(), self._facts()
        if self.surface is None:
            return self.faults
        content, reference, label_facts = self._content(self.surface), self._reference(), self._label_facts()
        self._conclude(reference, label_facts)
        made = Made(slug_of(self.mapping.source, key), facts, content, reference)
        verdict = judge(made, self.terms.vocabulary)
        for where, words in verdict.problems:
            self._blame(field_name(where), *words)
        if self.faults:
            return self.faults
        missing = {name: self._why(name).value for name in (*verdict.missing, *_untold(reference))}
        return Draft(self.record.line, key, made, label_facts, missing, tuple(self.cleaner.removals))

    def _blame(self, target: str, problem: str, remedy: str) -> None:
        place = ": ".join(part for part in (self.record.name, self._place(target)) if part)
        self.faults.append(Fault(self.terms.path, self.record.line, place, problem, remedy))

    def _place(self, target: str) -> str:
        """A field, with the column it came from where there is one."""
        named: dict[str, Pick] = {}
        for where, pick in self.mapping.picks:
            if where[0] == "content":
                named |= {f"content.{where[2]}": pick} if where[1] == self.surface else {}
            else:
                named[field_name(where)] = pick
        found = next((named[name] for name in _around(target) if name in named), None)
        return f"{target} (column “{found.column}”)" if found is not None and found.column is not None else target

    def _key(self) -> str:
        """The row's id. It is kept as it is, so it must say nothing about a person."""
        cell = self.record.cells.get(self.mapping.id)
        key = "" if isinstance(cell, Misfit) else as_text(cell)
        if isinstance(cell, Misfit):
            self._blame("id", cell.problem, cell.remedy)
        elif not key:
            self._blame("id", "is empty", f"every row needs an id of its own in the column “{self.mapping.id}”")
        elif len(key) > LONGEST_KEY or not key.isprintable():
            self._blame("id", f"is longer than {LONGEST_KEY} characters, or holds signs that cannot be seen", "is this the column of ids?")
        elif not self.mapping.id_is_opaque:
            self._refuse_personal("id", key, "name another column, number the rows, or say `id_is_opaque: true` where a program made the ids up")
        return key

    def _refuse_personal(self, target: str, word: str, remedy: str) -> None:
        if found := redact(word).findings:
            self._blame(target, f"looks like personal data ({PLACEHOLDERS[found[0].kind].strip('[]')}), and is kept as it is", remedy)

    def _facts(self) -> dict[str, str]:
        """What is known of surface, language, market, difficulty and family; the surface always is."""
        facts = {name: value for name in CASE_FIELDS if (value := self._fact(name)) is not None}
        if "family" in facts:
            self._refuse_personal("family", facts["family"], "name another column, or leave `family` out: look-alikes that are found share one")
            facts["family"] = family_of(self.mapping.source, facts["family"])
        if facts.get("surface") in set(Surface):
            self.surface = Surface(facts["surface"])
        elif "surface" in facts:
            self._blame("surface", f"`{facts['surface']}` is no surface", f"map it to one: {', '.join(Surface)}")
        elif "surface" in self.unknown or not self.faults:
            self._blame("surface", "nobody knows the surface", "without it no column is a field: map every word, or fix the value")
        return facts

    def _fact(self, name: str) -> str | None:
        told = self._told(name, getattr(self.mapping, name))
        return None if told is None else as_text(shaped(name, told.value)) or None

    def _told(self, target: str, pick: Pick | None) -> Known | None:
        told = tell(pick, self.record.cells)
        if isinstance(told, Known):
            return told
        if isinstance(told, Misfit):
            self._blame(target, told.problem, told.remedy)
        else:
            self.unknown[target] = told
        return None

    def _content(self, surface: Surface) -> dict[str, Any]:
        """What is known of the fields of the surface. What the mapping itself writes is nobody's, and is left as it is."""
        content: dict[str, Any] = {}
        for path, pick in self.mapping.content.get(surface, {}).items():
            if (told := self._told(f"content.{path}", pick)) is not None:
                target = content_field(surface, path)
                value = joined(told.value) if target.is_text else told.value
                _put(content, target.steps, value if pick.is_fixed else self.cleaner.clean(value, target.steps))
        return {str(name): _whole(inner) for name, inner in content.items()}

    def _reference(self) -> dict[str, Any]:
        """What is known of what the experts said."""
        known: dict[str, Any] = {}
        for name in REFERENCE_FIELDS:
            pick = getattr(self.mapping.reference, name)
            if (told := self._told(f"reference.{name}", pick)) is not None:
                known[name] = shaped(name, told.value)
        if "rationale" in known:
            known["rationale"] = self.cleaner.text(str(known["rationale"]), ("reference", "rationale"))
        if known.get("evidence"):
            self._mark(known)
        return known

    def _mark(self, known: dict[str, Any]) -> None:
        """Make quotes of the marks; where the marked text is unknown, so are they."""
        pick = self.mapping.reference.evidence
        assert pick is not None and pick.field is not None, "the mapping was checked: marks have a text"
        marked = known.pop("evidence")
        if pick.field not in self.cleaner.cleaned:
            self.unknown["reference.evidence"] = Unknown.EMPTY
            return
        text, cleaned = self.cleaner.cleaned[pick.field]
        found = quotes(marked, field=pick.field, text=text, redacted=cleaned, only=pick.only)
        if isinstance(found, Misfit):
            self._blame("reference.evidence", found.problem, found.remedy)
        else:
            known["evidence"] = found

    def _label_facts(self) -> dict[str, bool]:
        told = {code: self._told(f"label_facts.{code}", pick) for code, pick in self.mapping.label_facts.items()}
        for code, answer in told.items():
            if answer is not None and not isinstance(answer.value, bool):
                self._blame(f"label_facts.{code}", "does not say whether the label applies", "map each word to true or false")
        return {code: answer.value for code, answer in told.items() if answer is not None and isinstance(answer.value, bool)}

    def _conclude(self, reference: dict[str, Any], label_facts: Mapping[str, bool]) -> None:
        """What follows from what is known: all labels, once each was asked for and answered; and from innocence, the rest."""
        asked = self.mapping.label_facts
        if asked and self.mapping.labels_asked == "all" and len(label_facts) == len(asked):
            reference["labels"] = [code for code in asked if label_facts[code]] or [Outcome.NO_VIOLATION.value]
        if reference.get("labels") == [Outcome.NO_VIOLATION.value]:
            for name, value in IMPLIED_BY_INNOCENCE.items():
                reference.setdefault(name, value)
        if "escalate_to" in reference and reference["escalate_to"] is None:
            reference.setdefault("must_escalate", False)

    def _why(self, name: str) -> Unknown:
        if name == "reference.labels" and self.mapping.label_facts:
            answers = [self.unknown[target] for code in self.mapping.label_facts if (target := f"label_facts.{code}") in self.unknown]
            return answers[0] if answers else Unknown.NOT_MAPPED
        return next((self.unknown[known] for known in _around(name) if known in self.unknown), Unknown.NOT_MAPPED)


def _untold(reference: Mapping[str, Any]) -> Iterator[str]:
    """What a document may leave out because it means none, and what must be known all the same."""
    yield from (f"reference.{name}" for name in ("escalate_to", "must_escalate", "evidence") if name not in reference)


def _around(target: str) -> Iterator[str]:
    """A field, and what is around it: `content.thread.0.text`, `content.thread.0`, …"""
    while target:
        yield target
        target = target.rpartition(".")[0]


def _put(content: dict[Any, Any], steps: FieldPath, value: Any) -> None:
    """Set a value at its steps; places in lists are keys until all are known."""
    for step in steps[:-1]:
        content = content.setdefault(step, {})
    content[steps[-1]] = value


def _whole(value: Any) -> Any:
    """The same with lists where the keys are places, in their order and without gaps."""
    if not isinstance(value, Mapping):
        return value
    if value and all(isinstance(step, int) for step in value):
        return [_whole(value[step]) for step in sorted(value)]
    return {name: _whole(inner) for name, inner in value.items()}
