"""The attention list: everything that needs a look, and putting a line of it aside."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from training.actors import Actor
from training.audit.services import record
from training.db import Remembered, db
from training.errors import Refusal
from training.exams.queries import Terms, bank_items, exams, terms_of
from training.exams.rules.pool import BankWorth, bank_worth, quota_stock
from training.insights.models import AttentionAside
from training.insights.queries import asides, attention
from training.insights.rules.attention import (
    AsideDeed,
    AttentionRefusal,
    Concern,
    Finding,
    PublishedRule,
    SpareCell,
    in_order,
    is_aside,
    of_answers,
    of_cell,
    of_disputes,
    of_holds,
    of_labels,
    of_texts,
    of_translations,
    of_uses,
)
from training.policy_changes.queries import published_changes

DISPUTES_COUNTED = timedelta(days=365)
RULES_LOOKED_AT = 200
"""Among how many published changes, from the latest on, the one that holds a key is sought."""


@dataclass(frozen=True, slots=True)
class Attention:
    """What needs a look, in order, and what was put aside as it still is, with why."""

    open: list[Finding]
    aside: list[tuple[Finding, AttentionAside]]

    def count(self, concern: Concern) -> int:
        """How many lines of this concern need a look."""
        return sum(finding.concern is concern for finding in self.open)


def attention_list(*, allow_public: bool, now: datetime, concern: Concern | None = None) -> Attention:
    """Everything that needs a look now, or what is of one concern. `allow_public` says whether gating exams may hold items shipped with the source."""
    found = in_order(finding for finding in _findings(allow_public, now) if concern in (None, finding.concern))
    entries = {(entry.concern, entry.subject): entry for entry in asides.asides()}
    states = {key: entry.state for key, entry in entries.items()}
    aside = [(each, entries[each.concern.value, each.subject]) for each in found if is_aside(each, states)]
    return Attention([each for each in found if not is_aside(each, states)], aside)


def _findings(allow_public: bool, now: datetime) -> Iterator[Finding]:
    yield from _of_answers()
    yield from _of_bank(allow_public)
    yield from _of_texts()
    yield from _of_holds()
    yield from of_disputes(attention.decided_disputes(since=now - DISPUTES_COUNTED), open_about=attention.open_disputes())
    yield from of_labels(attention.labelled_cases())


_OF_FIGURES: Remembered[tuple[tuple[int, datetime], ...], tuple[Finding, ...]] = Remembered(4)
"""What follows from these figures: reading those of thousands of items takes longer than all the rest."""


def _of_answers() -> Iterator[Finding]:
    figures = attention.figures_in_view()
    yield from _OF_FIGURES.get(figures) or _OF_FIGURES.put(figures, tuple(_of_figures()))


def _of_figures() -> Iterator[Finding]:
    answered = attention.answered_items()
    for item in answered:
        yield from of_answers(item)
    yield from of_translations(answered)


def _of_bank(allow_public: bool) -> Iterator[Finding]:
    bank, worths = bank_items(Terms(with_public=True)), dict[str, BankWorth]()
    for exam in exams():
        document = exam.document
        terms = terms_of(document, with_public=allow_public or not document.gating)
        items = [item.pool_item for item in bank if terms.admit(item)]
        worths[exam.slug] = bank_worth(document.blueprint, items)
        for stock in quota_stock(document.blueprint, items):
            if (finding := of_cell(SpareCell(exam.slug, document.title, stock))) is not None:
                yield finding
    yield from of_uses(attention.used_items(), worths)


def _of_texts() -> Iterator[Finding]:
    enemies = (group for exam in exams() for group in exam.document.blueprint.enemies)
    return of_texts(*attention.said_items(), told_apart=frozenset(frozenset(pair) for group in enemies for pair in combinations(group, 2)))


def _of_holds() -> Iterator[Finding]:
    changes = published_changes(count=RULES_LOOKED_AT)
    return of_holds(attention.held_keys(), [PublishedRule(each.module_slug, each.version, each.change.changed) for each in changes])


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list as somebody saw it."""

    concern: Concern
    subject: str
    state: str


def put_aside(line: Line, *, reason: str, allow_public: bool, by: Actor, now: datetime) -> None:
    """Take a line off the list until it changes. Raises Refusal where it is gone, or is another one already."""
    found = attention_list(allow_public=allow_public, now=now, concern=line.concern)
    if any((each.subject, each.state) == (line.subject, line.state) for each, _entry in found.aside):
        return
    finding = next((each for each in found.open if each.subject == line.subject), None)
    if finding is None:
        raise Refusal(AttentionRefusal.GONE)
    if finding.state != line.state:
        raise Refusal(AttentionRefusal.CHANGED)
    _append(line, AsideDeed.ASIDE, reason=reason, by=by, now=now)


def bring_back(line: Line, *, by: Actor, now: datetime) -> None:
    """Put a line on the list again. Raises Refusal where nobody put it aside."""
    if all((entry.concern, entry.subject) != (line.concern.value, line.subject) for entry in asides.asides()):
        raise Refusal(AttentionRefusal.NOT_ASIDE)
    _append(line, AsideDeed.BACK, reason="", by=by, now=now)


def _append(line: Line, deed: AsideDeed, *, reason: str, by: Actor, now: datetime) -> None:
    assert by.id is not None, "only people work on the list"
    entry = AttentionAside(concern=line.concern.value, subject=line.subject, state=line.state, deed=deed.value, reason=reason, by_id=by.id, at=now)
    db.session.add(entry)
    detail = {"subject": line.subject, "state": line.state} | ({"reason": reason} if reason else {})
    record(f"attention.{deed}", by=by, subject=("finding", line.concern.value), now=now, detail=detail)
