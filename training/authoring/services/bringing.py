"""Take up a case that was brought in from elsewhere, and write at it what its source does not know."""

from datetime import datetime

from training.actors import Actor
from training.authoring import queries
from training.authoring.models import Draft
from training.authoring.rules.case_fields import imported_text
from training.authoring.services.drafting import begin, begin_new
from training.cases.models import ImportedCase
from training.cases.services.publishing import family_to_practise
from training.content_store.queries import stored_document
from training.content_store.rules.kinds import Kind


def take_up(row: ImportedCase, *, by: Actor, now: datetime) -> Draft:
    """The open draft of this row's case; a new one that says all that the row knows, where there is none.

    Raises Refusal where it must not be practised: like a case of the exam pool, or the same as another.
    """
    if queries.open_draft_of(Kind.CASE, row.slug) is not None or stored_document(Kind.CASE, row.slug) is not None:
        return begin(Kind.CASE, row.slug, by=by, now=now)
    known = {"facts": {"surface": row.surface, **row.facts}, "content": row.content, "reference": row.reference}
    return begin_new(Kind.CASE, row.slug, imported_text(row.slug, family_to_practise(row), known), by=by, now=now)
