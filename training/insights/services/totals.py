"""Adding up what is told of people, one after another."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from training.insights.documents import AccuracyFact, AnswerSource, LanguageTotals, PersonFacts, QueueTotals
from training.insights.services.evidence import accuracy_facts
from training.queues.rules.decision import Access


@dataclass(slots=True)
class Totals:
    """What people add up to, and which entries of the audit are cited of them."""

    person_count: int = 0
    access: Counter[tuple[str, Access]] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    answers: dict[AnswerSource, dict[str, tuple[int, int]]] = field(default_factory=lambda: defaultdict(dict))
    actors: set[str] = field(default_factory=set)
    """Public ids of whoever made entries and exceptions."""
    cited: "array[int]" = field(default_factory=lambda: array("q"))
    """Eight bytes each: there may be millions."""

    def add(self, person: PersonFacts) -> None:
        """One more person."""
        self.person_count += 1
        self.access.update((fact.queue, fact.access) for fact in person.access)
        self.speakers.update(person.languages)
        for fact in person.accuracy:
            right, count = self.answers[fact.source].get(fact.language, (0, 0))
            self.answers[fact.source][fact.language] = (right + fact.right, count + fact.count)
        self.actors.update(actors_named(person))
        self.cited.extend(entries_cited(person))

    @property
    def unknown(self) -> tuple[AnswerSource, ...]:
        """Of which answers nothing at all is known of anybody."""
        return tuple(source for source in AnswerSource if not self.answers[source])

    def of_queues(self, queues: tuple[str, ...]) -> tuple[QueueTotals, ...]:
        """How many people might work each queue."""
        return tuple(QueueTotals(queue=queue, allow_count=self.access[queue, Access.ALLOW], shadow_count=self.access[queue, Access.SHADOW]) for queue in queues)

    def of_languages(self) -> tuple[LanguageTotals, ...]:
        """How many work in each language, and how accurately all of them answered in it."""
        by_source = {source: {fact.language: fact for fact in accuracy_facts(source, counts)} for source, counts in self.answers.items()}
        languages = sorted({*self.speakers, *(language for facts in by_source.values() for language in facts)})
        return tuple(
            LanguageTotals(language=language, person_count=self.speakers[language], accuracy=_facts_in(language, by_source.values())) for language in languages
        )


def _facts_in(language: str, found: Iterable[dict[str, AccuracyFact]]) -> tuple[AccuracyFact, ...]:
    return tuple(facts[language] for facts in found if language in facts)


def entries_cited(person: PersonFacts) -> list[int]:
    """The numbers of the entries that prove what is told of somebody."""
    numbers = [entry.entry for entry in person.ledger] + [exam.entry for entry in person.ledger for exam in entry.exams]
    numbers += [fact.entry for fact in person.training.readings] + [fact.entry for fact in person.training.assignments]
    numbers += [number for fact in person.exceptions for number in (fact.entry, fact.proposal_entry, fact.end_entry)]
    return [number for number in numbers if number is not None]


def actors_named(person: PersonFacts) -> set[str]:
    """The public ids of whoever made what is told of somebody."""
    named = {fact.by for fact in person.ledger} | {actor for fact in person.exceptions for actor in (fact.by, fact.confirmed_by)}
    return {actor for actor in named if actor is not None}
