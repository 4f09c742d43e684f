"""Items that look like the one that is being written: among those that run, and among the drafts of colleagues."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from training.authoring.models import Draft
from training.authoring.queries.lists import open_texts_of
from training.authoring.rules.alike import Asking, alike, asking_of
from training.authoring.rules.document_forms import value_in
from training.content_store.queries import running_folder
from training.content_store.rules.kinds import Kind
from training.exams.documents import ItemDocument
from training.exams.rules.acquaintance import KnownText
from training.exams.services.opening import may_read


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Another item that asks nearly the same: its id, how alike they are, its open draft, and how it begins for who has opened it."""

    slug: str
    percent: int
    draft_id: int | None
    excerpt: str


def lookalikes_of(draft: Draft, person_id: int, *, value: Mapping[str, Any] | None = None) -> list[LookAlike]:
    """The items that look like a draft of one, the most alike first; `value` is what it would say, where that is not saved. Nothing of other kinds.

    What nobody may read who has not opened it is left out: of an item that this person has not opened they learn its id alone.
    """
    value = value if value is not None else value_in(Kind.ITEM, draft.text) if draft.kind == Kind.ITEM else None
    if value is None:
        return []
    drafts = {slug: (draft_id, text) for draft_id, slug, text in open_texts_of(Kind.ITEM) if slug != draft.slug}
    others = [*_running(without={draft.slug, *drafts}), *(_asking(slug, text) for slug, (_, text) in drafts.items())]
    return [
        LookAlike(
            each.asking.slug,
            each.percent,
            drafts.get(each.asking.slug, (None, ""))[0],
            each.asking.excerpt if may_read(person_id, KnownText.ITEM, each.asking.slug) else "",
        )
        for each in alike(asking_of({**value, "id": draft.slug}), others)
    ]


def _running(without: set[str]) -> Iterator[Asking]:
    for slug, source in running_folder({Kind.ITEM}).of(ItemDocument).items():
        if slug not in without:
            yield _of_document(source.document)


def _of_document(document: ItemDocument) -> Asking:
    said: dict[str, Any] = {"id": document.id, "family": document.family, "case": document.case, "stem": document.stem, "steps": document.steps}
    said["options"] = [{"text": option.text} for option in document.options]
    said["evidence"] = {"text": document.evidence.text, "file": document.evidence.file} if document.evidence else {}
    said["reply"] = {"ticket": document.reply.ticket} if document.reply else {}
    said["typing"] = {"passage": document.typing.passage} if document.typing else {}
    return asking_of(said)


@lru_cache(maxsize=500)
def _asking(slug: str, text: str) -> Asking:
    return asking_of({**(value_in(Kind.ITEM, text) or {}), "id": slug})
