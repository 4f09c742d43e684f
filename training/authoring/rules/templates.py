"""What a new document of each kind begins with: every field that it needs, to be filled in."""

from collections.abc import Mapping

from training.authoring.rules.case_fields import blank_case
from training.authoring.rules.item_fields import blank_item
from training.cases.rules import Surface
from training.content_store.rules.kinds import Kind
from training.exams.rules.blueprint import ItemKind

_MODULE = """\
---
id: {slug}
title: {title}
area: PRO
language: {language}
version: 1.0.0
summary: One or two sentences that say what this module decides.
---

What this module is for.

## Purpose and scope

## Definitions

## Rules

## Decision steps

## Escalation
"""
_CHECK = "id: {slug}\ntitle: {title}\ncases: []\npass_count: 1\n"
_COURSE = "id: {slug}\ntitle: {title}\nsummary: What it is about.\nlanguage: en\nmodules: []\nchecks: []\npractice_count: 0\nexpected_minutes: 30\n"
_CERTIFICATION = """\
id: {slug}
title: {title}
summary: What its holders may do.
needs:
  courses: []
  modules: {{}}
  exam: null
  languages: []
  prerequisites: []
validity_days: 180
renewal_window_days: 30
nesting: none
"""
_EXAM = """\
id: {slug}
title: {title}
version: 1.0.0
certification: ""
gating: true
item_count: 50
time_limit_minutes: 60
cells: []
pass_rule:
  weighted_percent: 90
"""
_QUEUE = """\
id: {slug}
title: {title}
summary: What waits in it.
surfaces: [listing]
areas: []
severity_ceiling: S3
requires:
  all_of: []
  any_of: []
  languages: []
  markets: []
  modules: {{}}
"""

TEMPLATES: Mapping[Kind, str] = {
    Kind.MODULE: _MODULE,
    Kind.CHECK: _CHECK,
    Kind.COURSE: _COURSE,
    Kind.CERTIFICATION: _CERTIFICATION,
    Kind.EXAM: _EXAM,
    Kind.QUEUE: _QUEUE,
}
"""Of every kind of which there can be another, but for cases and items, which begin by their surface and their kind."""
NEW_KINDS = (Kind.MODULE, Kind.CASE, Kind.CHECK, Kind.COURSE, Kind.ITEM, Kind.CERTIFICATION, Kind.EXAM, Kind.QUEUE)


def begun(kind: Kind, slug: str, title: str, *, surface: Surface, item_kind: ItemKind, language: str = "en") -> str:
    """The text of a new document; `surface` is that of a case, `item_kind` that of an item, `language` that of a module.

    A title with signs that YAML reads as its own is put in quotes.
    """
    if kind is Kind.CASE:
        return blank_case(slug, surface)
    if kind is Kind.ITEM:
        return blank_item(slug, item_kind)
    return TEMPLATES[kind].format(slug=slug, title=quoted(title), language=language)


def quoted(title: str) -> str:
    """A text of one line as YAML writes it, whatever signs it has."""
    return '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
