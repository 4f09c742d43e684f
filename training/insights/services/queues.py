"""Telling of queues and certifications."""

from collections.abc import Sequence
from datetime import datetime

from training.certification.documents import CertificationDocument
from training.insights import queries
from training.insights.documents import CertificationFact, QueueFact, RequirementsFact
from training.insights.models import EvidencePack
from training.insights.rules import Moment, ScopeKind, citing
from training.insights.services.citing import Citations, citations_of_certifications, citations_of_queues
from training.insights.services.people import Telling
from training.queues.documents import QueueDocument
from training.queues.models import QueueVersion


def telling_of(pack: EvidencePack) -> Telling:
    """What a pack tells, before any person."""
    scope, moment = pack.about, pack.moment
    versions = _versions(scope.queue, moment)
    demanded = [QueueDocument.model_validate(version.document).requirements for found in versions.values() for version in found]
    return Telling(
        scope=scope,
        moment=moment,
        queues=tuple(sorted(versions)),
        certifications=frozenset(slug for demands in demanded for slug in demands.certifications) if scope.kind is ScopeKind.QUEUE else frozenset(),
        slugs={version.certification_id: slug for slug, version in queries.certification_versions(known_at=moment.at)},
        has_names=pack.has_names,
    )


def _versions(queue: str | None, moment: Moment) -> dict[str, list[QueueVersion]]:
    """The versions that were in force at any time asked about, of one queue or of all."""
    found = {}
    for slug, versions in queries.queue_versions(known_at=moment.at).items():
        ends: list[datetime | None] = [*(version.effective_from for version in versions[1:]), None]
        in_force = [version for version, end in zip(versions, ends, strict=True) if moment.touches(version.effective_from, end)]
        if in_force and queue in (None, slug):
            found[slug] = in_force
    return found


def queue_facts(telling: Telling) -> tuple[QueueFact, ...]:
    """The queues that were there, and what they required."""
    citations = citations_of_queues(telling.queues, until=telling.moment.at)
    return tuple(_queue_fact(slug, versions, citations) for slug, versions in sorted(_versions(telling.scope.queue, telling.moment).items()))


def _queue_fact(slug: str, versions: Sequence[QueueVersion], citations: Citations) -> QueueFact:
    documents = [QueueDocument.model_validate(version.document) for version in versions]
    return QueueFact(
        queue=slug,
        title=documents[-1].title,
        versions=tuple(_requirements(slug, version, document, citations) for version, document in zip(versions, documents, strict=True)),
    )


def _requirements(slug: str, version: QueueVersion, document: QueueDocument, citations: Citations) -> RequirementsFact:
    asked = document.requires
    return RequirementsFact(
        entry=citations.of(citing.version_key("queue", slug, version.number)),
        number=version.number,
        effective_from=version.effective_from,
        content_hash=version.content_hash,
        all_of=asked.all_of,
        any_of=asked.any_of,
        languages=asked.languages,
        markets=asked.markets,
        modules=dict(asked.modules),
        areas=document.areas,
    )


def certification_facts(telling: Telling) -> tuple[CertificationFact, ...]:
    """Every version of every certification that entries of the ledger may name."""
    versions = queries.certification_versions(known_at=telling.moment.at)
    citations = citations_of_certifications({slug for slug, _ in versions}, until=telling.moment.at)
    return tuple(
        CertificationFact(
            certification=slug,
            number=version.number,
            title=CertificationDocument.model_validate(version.document).title,
            content_hash=version.content_hash,
            published_at=version.published_at,
            entry=citations.of(citing.version_key("certification", slug, version.number)),
        )
        for slug, version in versions
    )
