"""What a draft's text is about: its title, its place, whether it can be asked in an exam, and what it is checked against."""

import re
from collections.abc import Mapping

from training.content_store.rules.kinds import PLACES, Kind

_TITLE = re.compile(r"^title:[ \t]*(?P<title>.*?)[ \t]*$", re.MULTILINE)
_PRACTICE = re.compile(r"^pool:[ \t]*[\"']?practice\b", re.MULTILINE)
LONGEST_TITLE = 200

CHECKED_AGAINST: Mapping[Kind, frozenset[Kind]] = {
    Kind.MODULE: frozenset({Kind.TAXONOMY, Kind.MODULE, Kind.CHECK, Kind.EXAM}),
    Kind.CASE: frozenset({Kind.TAXONOMY, Kind.MODULE, Kind.CASE}),
    Kind.CHECK: frozenset({Kind.CASE, Kind.CHECK}),
    Kind.COURSE: frozenset({Kind.MODULE, Kind.CHECK, Kind.COURSE}),
    Kind.ITEM: frozenset({Kind.TAXONOMY, Kind.MODULE, Kind.CASE}),
}
"""The kinds that a document of this kind names, or that say what it may be; of a kind that is not here, all."""


def checked_against(kind: Kind) -> frozenset[Kind]:
    """What has to be read to know what is wrong with a document of this kind."""
    return CHECKED_AGAINST.get(kind, frozenset(Kind))


def may_be_examined(kind: Kind, text: str) -> bool:
    """Whether somebody may be asked this in an exam: every item, and every case that does not say that it is practised."""
    return kind is Kind.ITEM or (kind is Kind.CASE and _PRACTICE.search(text) is None)


def title_of(kind: Kind, slug: str, text: str) -> str:
    """What lists call a document: its title, and its id where it has none or where a title could give a question away."""
    if kind in {Kind.ITEM, Kind.CASE}:
        return slug
    written = _TITLE.search(text)
    title = written["title"].strip("\"'") if written else ""
    return title[:LONGEST_TITLE] or slug


def home_of(kind: Kind, slug: str) -> str | None:
    """The file in which a new document of this kind will be; nothing of a kind of which there is only one."""
    return next((f"{folder}/{slug}{suffix}" for folder, _, suffix, lives in PLACES if lives is kind), None)
