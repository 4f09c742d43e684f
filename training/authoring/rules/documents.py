"""What a draft's text is about: its title, its place, and what it is checked against."""

import re
from collections.abc import Mapping

from training.content_store.rules.kinds import PLACES, Kind

_TITLE = re.compile(r"^title:[ \t]*(?P<title>.*?)[ \t]*$", re.MULTILINE)
_LANGUAGE = re.compile(r"^language:[ \t]*[\"']?(?P<language>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)\b", re.MULTILINE)
_ORIGINAL = re.compile(r"^translates:[ \t]*[\"']?(?P<slug>[a-z0-9-]{1,60})@", re.MULTILINE)
_CONTRAST = re.compile(r"^contrast:[ \t]*[\"']?(?P<slug>[a-z0-9-]{1,60})", re.MULTILINE)
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


def title_of(kind: Kind, slug: str, text: str) -> str:
    """What lists call a document: its title, and its id where it has none or where a title could give a question away."""
    if kind in {Kind.ITEM, Kind.CASE}:
        return slug
    written = _TITLE.search(text)
    title = written["title"].strip("\"'") if written else ""
    return title[:LONGEST_TITLE] or slug


def language_of(text: str) -> str | None:
    """The code of the language that a text says it is in, also where not all of it can be read; nothing where it says none."""
    written = _LANGUAGE.search(text)
    return written["language"] if written else None


def contrast_of(text: str) -> str | None:
    """The id of the near-miss that a case's text names; nothing where it has none."""
    written = _CONTRAST.search(text)
    return written["slug"] if written else None


def original_of(text: str) -> str | None:
    """The id of the module that a text says it translates; nothing of an original."""
    written = _ORIGINAL.search(text)
    return written["slug"] if written else None


def home_of(kind: Kind, slug: str) -> str | None:
    """The file in which a new document of this kind will be; nothing of a kind of which there is only one."""
    return next((f"{folder}/{slug}{suffix}" for folder, _, suffix, lives in PLACES if lives is kind), None)
