"""A translation beside its original: what the original says by now, and which part of the translation tells that."""

from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.authoring.models import Draft
from training.authoring.rules.front_matter import raised, with_original
from training.authoring.rules.part_lines import part_lines
from training.authoring.rules.templates import quoted
from training.authoring.services.checking import Checked
from training.authoring.services.saving import write_whole
from training.content_store.rules.references.modules import Module
from training.content_store.rules.references.translations import translations_of
from training.courses.documents import ModuleDocument
from training.courses.models import ModuleVersion
from training.courses.queries import current_modules, known_module, version_known
from training.courses.rendering import render_module
from training.courses.rules.translations import Original, ToFollow, is_behind, to_follow
from training.courses.rules.versions import Step, Version
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class Following:
    """A translation that is being written, and its original as it runs."""

    slug: str
    title: str
    language: str
    follows: Version
    """What the text says that it follows."""
    since: Version
    """From where changes are shown: what the translation that runs follows, so that they still stand there once the text has caught up."""
    current: Version
    parts: tuple[ToFollow, ...] | None
    """What changed in the original since; nothing where that version never ran here."""
    lines: dict[str, int]
    """Where the translation's parts begin in its file, by their own anchors."""

    @property
    def is_behind(self) -> bool:
        """Whether the original says more than what the text follows."""
        return is_behind(self.follows, self.current)


def following_of(draft: Draft, checked: Checked) -> Following | None:
    """A translation's draft beside its original; nothing of other documents, of a text that holds none, and where the original does not run."""
    source = checked.folder.of(ModuleDocument).get(draft.slug) if checked.source else None
    follows = source.document.original if source else None
    original = known_module(follows.slug) if follows else None
    if source is None or follows is None or original is None or original.current_version is None:
        return None
    now, body = original.current_version, source.document.body
    since = min(_followed_by_what_runs(draft.slug) or follows.version, follows.version)
    told = render_module(body, slug=draft.slug).passages
    before = version_known(original.id, since)
    parts = to_follow(before.passages, now.passages, told) if before else None
    first = source.lines.of(("body",)) - 1
    lines = {anchor: first + line for anchor, line in part_lines(body, told).items()}
    return Following(original.slug, now.title, original.language, follows.version, since, now.version, parts, lines)


def _followed_by_what_runs(slug: str) -> Version | None:
    running = _running(slug)
    return running.follows if running else None


def _running(slug: str) -> ModuleVersion | None:
    module = known_module(slug)
    return module.current_version if module else None


def catch_up(draft: Draft, following: Following, *, by: Actor, now: datetime) -> None:
    """Let a translation that is being written say that it follows what its original says now, under a number of its own that is not taken yet.

    Raises Refusal where it is not being written.
    """
    running = _running(draft.slug)
    number = raised(running.version, Step.PATCH) if running else Version(1, 0, 0)
    write_whole(draft, with_original(draft.text, Original(following.slug, following.current), number), by=by, now=now)


def left_behind(draft: Draft, checked: Checked) -> tuple[Module, ...]:
    """The translations that fall behind, or already are, once this draft of their original is published."""
    source = checked.folder.of(ModuleDocument).get(draft.slug) if checked.source else None
    if source is None or source.document.original is not None:
        return ()
    number = source.document.number
    return tuple(each for each in translations_of(checked.folder, draft.slug) if each.document.original and is_behind(each.document.original.version, number))


def originals() -> dict[str, str]:
    """The titles of the modules that can be translated, by id."""
    return {module.slug: module.title for module in current_modules() if module.original_id is None}


def begun_translation(slug: str, language: str, title: str, *, of: str) -> str:
    """The text that a translation of a module that runs begins with: the original's, to be told in the other language. Raises NotFound."""
    module = known_module(of)
    if module is None or module.current_version is None or module.original_id is not None:
        raise NotFound
    version = module.current_version
    said = [f"id: {slug}", f"title: {quoted(title or version.title)}", f"area: {module.area}", f"language: {language}", "version: 1.0.0"]
    said += [f"translates: {Original(of, version.version)}", f"summary: {quoted(' '.join(version.summary.split()))}"]
    return "\n".join(["---", *said, "---", "", version.source])
