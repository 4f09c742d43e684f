"""The pages about people, one after another."""

from datetime import datetime

from training.insights.documents import ExceptionFact, LedgerFact, PersonFacts, ReasonFact
from training.insights.rendering.paper import SOFT, Paper
from training.insights.rendering.sheet import Sheet, instant_words
from training.insights.rendering.summary import accuracy_cells, accuracy_headings
from training.insights.rules import ScopeKind
from training.queues.rules.decision import Access


def tell_people(paper: Paper, sheet: Sheet) -> None:
    """Everybody who fits; what the file has beyond them is said."""
    words, people = paper.words, sheet.facts.people
    paper.heading(words["people"])
    if not people:
        paper.said(words["nobody"])
    for person in people:
        _tell_person(paper, person)
    if sheet.person_count > len(people):
        paper.said(words["more_people"].format(count=sheet.person_count - len(people)))


def _tell_person(paper: Paper, person: PersonFacts) -> None:
    words = paper.words
    paper.heading(person.name or person.person, level=3)
    speaks = ", ".join(person.languages) or words["none"]
    paper.said(f"{person.person} · {words['works_in']}: {speaks}", size=8.5, colour=SOFT)
    _tell_gate(paper, person)
    _tell_stretches(paper, person)
    _tell_ledger(paper, person)
    _tell_training(paper, person)
    _tell_accuracy(paper, person)
    rows = [
        (
            paper.titles.get(fact.queue, fact.queue),
            words[f"effect_{fact.effect}"],
            _span(fact.since, fact.ended_at or fact.until),
            _who(paper, fact),
            fact.reason,
        )
        for fact in person.exceptions
    ]
    paper.rows([words["exception"], words["does"], words["when"], words["by"], words["reason"]], [24, 12, 26, 20, 28], rows)


def _span(since: datetime, until: datetime) -> str:
    return instant_words(since) if since == until else f"{instant_words(since)} – {instant_words(until)}"


def _who(paper: Paper, fact: ExceptionFact) -> str:
    return ", ".join(paper.names.get(person, person) for person in (fact.by, fact.confirmed_by) if person)


def _tell_gate(paper: Paper, person: PersonFacts) -> None:
    """Of one person every queue with its reasons; of several only what was open to each: the file has the rest."""
    words = paper.words
    if paper.sheet.facts.scope is not ScopeKind.PERSON:
        for access in (Access.ALLOW, Access.SHADOW):
            open_queues = [paper.titles.get(fact.queue, fact.queue) for fact in person.access if fact.access is access]
            if open_queues:
                paper.said(f"{words[f'access_{access.value}']}: {', '.join(open_queues)}", size=8.5)
        return
    asked = [(paper.titles.get(fact.queue, fact.queue), words[f"access_{fact.access.value}"], _reasons(paper, fact.reasons)) for fact in person.access]
    paper.rows([words["queue"], words["gate"], words["reason"]], [32, 20, 48], asked)


def _tell_stretches(paper: Paper, person: PersonFacts) -> None:
    words = paper.words
    held = [
        (
            paper.titles.get(fact.certification, fact.certification),
            words[f"state_{fact.state}"] + (f", {words['provisional']}" if fact.is_provisional else ""),
            instant_words(fact.since),
            instant_words(fact.until),
        )
        for fact in person.stretches
    ]
    paper.rows([words["certification"], words["state"], words["since"], words["until"]], [34, 22, 22, 22], held)


def _reasons(paper: Paper, reasons: tuple[ReasonFact, ...]) -> str:
    said = [paper.reasons[reason.code].format(subject=paper.titles.get(reason.subject or "", reason.subject)) for reason in reasons]
    return "; ".join(said)


def _tell_ledger(paper: Paper, person: PersonFacts) -> None:
    words = paper.words
    rows = [
        (
            words[f"kind_{fact.kind}"],
            paper.titles.get(fact.certification, fact.certification),
            instant_words(fact.recorded_at),
            _term(fact),
            _evidence(paper, person, fact),
        )
        for fact in person.ledger
    ]
    paper.rows([words["entry"], words["certification"], words["recorded"], words["term"], words["evidence"]], [17, 23, 21, 25, 34], rows)


def _term(fact: LedgerFact) -> str:
    if fact.valid_from is None:
        return "–"
    return f"{instant_words(fact.valid_from)} – {instant_words(fact.valid_until) if fact.valid_until else '…'}"


def _evidence(paper: Paper, person: PersonFacts, fact: LedgerFact) -> str:
    words = paper.words
    parts = [" ".join(fact.reason.split()), *([words["made_by"].format(by=paper.names.get(fact.by, fact.by))] if fact.by not in (None, person.person) else [])]
    for exam in fact.exams:
        cut = f" ≥ {exam.cut_percent} %" if exam.cut_percent is not None else ""
        items = words["items"].format(count=len(exam.item_hashes))
        parts.append(f"{exam.exam} {exam.exam_version}: {exam.score_per_10000 / 100:.1f} %{cut}, {items}")
    parts += [f"{module} {version}" for module, version in fact.policy_versions.items() if version]
    return "\n".join(parts)


def _tell_training(paper: Paper, person: PersonFacts) -> None:
    words, training = paper.words, person.training
    rows = [(words["reading"], f"{fact.module} {fact.version}", instant_words(fact.acknowledged_at)) for fact in training.readings]
    rows += [
        (
            words["course" if fact.course else "module"],
            f"{fact.course or fact.module} ({words['due']} {instant_words(fact.due_at)})",
            instant_words(fact.assigned_at),
        )
        for fact in training.assignments
    ]
    if training.practice is not None:
        practice = training.practice
        minutes = words["practised"].format(answers=practice.answer_count, sessions=practice.session_count, minutes=round(practice.answering_seconds / 60))
        rows.append((words["practice"], minutes, _span(practice.first_at, practice.last_at)))
    paper.rows([words["training"], "", words["when"]], [18, 50, 32], rows)


def _tell_accuracy(paper: Paper, person: PersonFacts) -> None:
    languages = sorted({fact.language for fact in person.accuracy})
    rows = [(language, *accuracy_cells(paper, tuple(fact for fact in person.accuracy if fact.language == language))) for language in languages]
    paper.rows([paper.words["language"], *accuracy_headings(paper)], [16, 28, 28, 28], rows)
