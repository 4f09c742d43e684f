"""Naming another document: does it exist, and if not, which was meant?"""

from collections.abc import Collection, Iterable, Iterator

from pydantic import BaseModel
from rapidfuzz import process

from training.content_store.rules.faults import Fault
from training.content_store.rules.folder import Source
from training.documents import FieldPath


def missing(source: Source[BaseModel], path: FieldPath, name: str, known: Collection[str], what: str) -> Iterator[Fault]:
    """A fault where no `what` is called `name`."""
    if name in known:
        return
    close = process.extractOne(name, sorted(known), score_cutoff=80)
    remedy = f"did you mean `{close[0]}`?" if close else f"write one that exists, or add the {what}"
    yield source.fault(path, f"there is no {what} `{name}`", remedy)


def all_missing(source: Source[BaseModel], path: FieldPath, names: Iterable[str], known: Collection[str], what: str) -> Iterator[Fault]:
    """The same for every name of a list."""
    for position, name in enumerate(names):
        yield from missing(source, (*path, position), name, known, what)
