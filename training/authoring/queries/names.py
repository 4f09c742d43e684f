"""Which ids are taken."""

from sqlalchemy import select, union

from training.authoring.models import Draft
from training.content_store.models import StoredDocument
from training.content_store.rules.kinds import Kind
from training.db import db


def slugs_like(kind: Kind, word: str) -> frozenset[str]:
    """The ids of this kind that are this word and something behind a hyphen, of what runs and of every draft."""
    pattern = f"{word}-%"
    asked = (select(model.slug).where(model.kind == kind.value, model.slug.like(pattern)) for model in (Draft, StoredDocument))
    return frozenset(db.session.scalars(union(*asked)))
