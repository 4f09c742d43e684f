"""How far a module's version goes, as its author says on the way to review."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.authoring.models import Draft
from training.authoring.rules.front_matter import VersionSaid, raised, with_version
from training.authoring.services.checking import Checked
from training.authoring.services.saving import write_whole
from training.content_store.rules.kinds import Kind
from training.courses.documents import ModuleDocument
from training.courses.queries import published_clauses
from training.courses.rendering import render_module
from training.courses.rules.clause_changes import ClauseChange, ClauseFate, ClauseMark, ClauseWords, clause_changes
from training.courses.rules.versions import Step, Version, step_between


@dataclass(frozen=True, slots=True)
class Stepping:
    """What has changed in a module since it was published, and what its text says of that so far."""

    published: Version
    said: Version
    changes: tuple[ClauseChange, ...]
    marks: Mapping[str, ClauseMark]
    due_days: int | None
    is_translation: bool = False
    """Then it only counts its own texts: it asks nothing of anybody, however far it goes."""

    @property
    def step(self) -> Step | None:
        """How far the text says that it goes; nothing where it does not say yet."""
        return step_between(self.published, self.said) if self.said > self.published else None

    def mark(self, change: ClauseChange) -> ClauseMark:
        """How much a change weighs: as the text says, else as most changes of its kind do."""
        usual = ClauseMark.EDITORIAL if change.fate is ClauseFate.RENAMED else ClauseMark.CHANGED
        return self.marks.get(change.code, usual)

    def by(self, step: Step, marks: Mapping[str, ClauseMark], *, due_days: int | None) -> VersionSaid:
        """What the text is to say for this step, with these marks; a clause that none of them names weighs what it did."""
        said = {} if step is Step.PATCH else {change.code: marks.get(change.code, self.mark(change)) for change in self.changes}
        return VersionSaid(raised(self.published, step), self.published, said, due_days)


def stepping_of(draft: Draft, checked: Checked) -> Stepping | None:
    """What there is to say of a module's next version; nothing where the draft is no module that is published, or its text holds none."""
    modules = checked.folder.of(ModuleDocument)
    now = published_clauses() if draft.kind == Kind.MODULE and draft.slug in modules else {}
    if draft.slug not in now:
        return None
    document = modules[draft.slug].document
    if document.original is not None:
        return Stepping(now[draft.slug].version, document.number, (), {}, None, is_translation=True)
    then = {slug: found.clauses for slug, found in now.items()}
    then[draft.slug] = tuple(ClauseWords(clause.code, clause.text, clause.labels) for clause in render_module(document.body, slug=draft.slug).clauses)
    known, kept = ({words.code: words for clauses in found for words in clauses} for found in ([each.clauses for each in now.values()], then.values()))
    changes = clause_changes(now[draft.slug].clauses, then[draft.slug], known=known, kept=kept)
    said = document.changes
    return Stepping(now[draft.slug].version, document.number, changes, said.clauses if said else {}, said.due_days if said else None)


def say_version(draft: Draft, said: VersionSaid, *, by: Actor, now: datetime) -> None:
    """Write into the module's text how far its version goes and how much each changed clause weighs. Raises Refusal where it is not being written."""
    write_whole(draft, with_version(draft.text, said), by=by, now=now)
