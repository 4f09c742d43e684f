"""What is offered to whoever fills in a form: codes with what they mean, and the next free id."""

from collections.abc import Mapping

from training.authoring.queries.names import slugs_like
from training.authoring.rules.naming import beginning_of, next_free
from training.cases.queries import taxonomy
from training.content_store.rules.kinds import Kind
from training.courses.queries import published_clauses

NUMBERED: Mapping[Kind, str] = {Kind.CASE: "case", Kind.ITEM: "item"}
"""Kinds of document that are many and have no name of their own: their ids are numbers behind this word."""


def offered_codes() -> dict[str, list[tuple[str, str]]]:
    """Labels and clauses in use, each code with its title or the beginning of its rule."""
    clauses = [(words.code, beginning_of(words.folded)) for module in published_clauses().values() for words in module.clauses]
    return {"labels": [(label.code, label.title) for label in taxonomy().labels], "clauses": sorted(set(clauses))}


def free_slug(kind: Kind) -> str:
    """An id that nothing has yet, of a kind whose documents are numbered; empty of another."""
    word = NUMBERED.get(kind)
    return next_free(word, slugs_like(kind, word)) if word else ""
