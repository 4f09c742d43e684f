"""Naming another document: does it exist, and if not, which was meant?"""

from collections.abc import Collection, Iterable, Iterator

from pydantic import BaseModel

from training.content_store.rules.folder import Source
from training.documents import FieldPath
from training.documents.faults import Fault, meant


def missing(source: Source[BaseModel], path: FieldPath, name: str, known: Collection[str], what: str) -> Iterator[Fault]:
    """A fault where no `what` is called `name`."""
    if name in known:
        return
    close = meant(name, known, least_percent=80)
    remedy = f"did you mean `{close}`?" if close else f"write one that exists, or add the {what}"
    yield source.fault(path, f"there is no {what} `{name}`", remedy)


def all_missing(source: Source[BaseModel], path: FieldPath, names: Iterable[str], known: Collection[str], what: str) -> Iterator[Fault]:
    """The same for every name of a list."""
    for position, name in enumerate(names):
        yield from missing(source, (*path, position), name, known, what)
