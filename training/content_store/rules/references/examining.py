"""Items, exams, certifications and queues."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC

from pydantic import BaseModel

from training.cases.documents import CaseDocument, TaxonomyDocument
from training.cases.rules import Pool
from training.certification.documents import CertificationDocument, DisuseEnd
from training.content_store.rules.folder import Folder, MediaSource, Source
from training.content_store.rules.kinds import Kind
from training.content_store.rules.references.modules import clause_codes
from training.content_store.rules.references.names import all_missing, missing
from training.content_store.rules.references.translations import named_translations
from training.courses.documents import ModuleDocument
from training.courses.rules.versions import Version
from training.documents import FieldPath
from training.documents.faults import Fault
from training.exams.documents import EvidenceDocument, ExamDocument, ItemDocument
from training.queues.documents import QueueDocument


def _areas(folder: Folder) -> frozenset[str]:
    return frozenset(area.code for taxonomy in folder.of(TaxonomyDocument).values() for area in taxonomy.document.areas)


def item_faults(folder: Folder) -> Iterator[Fault]:
    """An item cites clauses that exist; a case item labels a case of the exam pool."""
    cases = folder.of(CaseDocument)
    clauses, areas = clause_codes(folder), _areas(folder)
    for item in folder.of(ItemDocument).values():
        yield from all_missing(item, ("clauses",), item.document.clauses, clauses, "clause")
        if item.document.area is not None:
            yield from missing(item, ("area",), item.document.area, areas, "area") if areas else ()
        name = item.document.case
        if name is not None:
            yield from missing(item, ("case",), name, folder.names(Kind.CASE), "case")
            if name in cases and cases[name].document.pool is Pool.PRACTICE:
                yield item.fault(("case",), f"`{name}` is in the practice pool", "an exam shows cases of the exam pool only")
        yield from _evidence_faults(item, folder.media)


def _evidence_faults(item: Source[ItemDocument], media: Mapping[str, MediaSource]) -> Iterator[Fault]:
    """What an item shows is there, and what has to be marked lies within it."""
    evidence = item.document.evidence
    for name in item.document.media_files:
        if name not in media:
            yield item.fault(("evidence", "file"), f"there is no file {name}", "add it, or correct the name")
        elif evidence is not None:
            yield from _outside_faults(item, evidence, media[name].extent)


def _outside_faults(item: Source[ItemDocument], evidence: EvidenceDocument, extent: tuple[float, ...]) -> Iterator[Fault]:
    for position, stretch in enumerate(evidence.ranges):
        if stretch.end > extent[0]:
            yield item.fault(("evidence", "ranges", position, "end"), f"lies behind the end of the recording at {extent[0]:.1f} s", "end it there or before")
    for position, region in enumerate(evidence.regions):
        if region.x + region.width > extent[0] or region.y + region.height > extent[-1]:
            size = f"{extent[0]:.0f} × {extent[-1]:.0f} pixels"
            yield item.fault(("evidence", "regions", position), f"reaches beyond the picture, which has {size}", "make it smaller or move it")


def exam_faults(folder: Folder) -> Iterator[Fault]:
    """An exam leads to a certification that asks for it, and its quotas and enemies name what exists."""
    certifications, areas = folder.of(CertificationDocument), _areas(folder)
    for exam in folder.of(ExamDocument).values():
        document = exam.document
        yield from missing(exam, ("certification",), document.certification, folder.names(Kind.CERTIFICATION), "certification")
        certification = certifications.get(document.certification)
        if document.delta is not None:
            yield from _delta_faults(exam, certification, areas)
        elif document.gating and certification is not None and certification.document.needs.exam != document.id:
            problem = f"gates `{document.certification}`, which does not ask for this exam"
            yield exam.fault(("certification",), problem, f"write `exam: {document.id}` in {certification.path}, or `gating: false` here")
        for position, cell in enumerate(document.cells):
            if cell.area is not None and areas:
                yield from missing(exam, ("cells", position, "area"), cell.area, areas, "area")
        for position, group in enumerate(document.enemies):
            yield from all_missing(exam, ("enemies", position), group, folder.names(Kind.ITEM), "item")


def _delta_faults(exam: Source[ExamDocument], certification: Source[CertificationDocument] | None, areas: Collection[str]) -> Iterator[Fault]:
    """A delta names areas that exist, and earns no certificate: no certification needs it."""
    if areas and exam.document.delta is not None:
        yield from all_missing(exam, ("delta", "areas"), exam.document.delta.areas, areas, "area")
    if certification is not None and exam.slug in {certification.document.needs.exam, *certification.document.needs.supporting_exams}:
        yield exam.fault(("delta",), f"`{certification.slug}` needs this exam", f"leave it out of {certification.path}, or leave `delta` out here")


def certification_faults(folder: Folder) -> Iterator[Fault]:
    """A certification needs courses, modules, an exam and prerequisites that exist, and never itself."""
    certifications = folder.of(CertificationDocument)
    for certification in certifications.values():
        needs = certification.document.needs
        yield from all_missing(certification, ("needs", "courses"), needs.courses, folder.names(Kind.COURSE), "course")
        yield from _module_faults(certification, ("needs", "modules"), needs.modules, folder)
        yield from all_missing(certification, ("needs", "prerequisites"), needs.prerequisites, folder.names(Kind.CERTIFICATION), "certification")
        if needs.exam is not None:
            yield from missing(certification, ("needs", "exam"), needs.exam, folder.names(Kind.EXAM), "exam")
        yield from _supporting_faults(certification, folder)
        if certification.slug in _prerequisites(certification.slug, folder):
            yield certification.fault(("needs", "prerequisites"), "leads back to this certification", "nobody could ever hold it; leave one out")
        yield from _ending_faults(certification, folder)


def _ending_faults(certification: Source[CertificationDocument], folder: Folder) -> Iterator[Fault]:
    """A certificate can be held before its renewal opens, and work is reported for whatever disuse ends."""
    document = certification.document
    rule = document.term_rule(UTC)
    if rule.days and document.renewal_window_days >= rule.days:
        problem = f"is as long as the {rule.days} days that the certificate lasts, or longer"
        yield certification.fault(("renewal_window_days",), problem, f"write fewer than {rule.days}")
    if isinstance(document.ends, DisuseEnd):
        asking = (queue.document.requires for queue in folder.of(QueueDocument).values())
        if not any(certification.slug in (*requires.all_of, *requires.any_of) for requires in asking):
            problem = "ends by disuse, but no queue requires it"
            yield certification.fault(("ends", "mode"), problem, "no work could ever be reported for it; let it end another way")


def _supporting_faults(certification: Source[CertificationDocument], folder: Folder) -> Iterator[Fault]:
    """Supporting exams exist, belong to the certification, and do not gate."""
    named = certification.document.needs.supporting_exams
    yield from all_missing(certification, ("needs", "supporting_exams"), named, folder.names(Kind.EXAM), "exam")
    exams = folder.of(ExamDocument)
    for position, slug in enumerate(named):
        exam = exams.get(slug)
        if exam is not None and exam.document.gating:
            yield certification.fault(("needs", "supporting_exams", position), f"`{slug}` gates", f"write `gating: false` in {exam.path}, or leave it out")
        if exam is not None and exam.document.certification != certification.slug:
            problem = f"`{slug}` belongs to the certification `{exam.document.certification}`"
            yield certification.fault(("needs", "supporting_exams", position), problem, "a pass counts for the exam's own certification only")


def _prerequisites(slug: str, folder: Folder) -> set[str]:
    """Every certification that must be held before this one, over all steps."""
    certifications = folder.of(CertificationDocument)
    found: set[str] = set()
    waiting = [slug]
    while waiting:
        source = certifications.get(waiting.pop())
        fresh = set(source.document.needs.prerequisites) - found if source else set()
        found |= fresh
        waiting += fresh
    return found


def queue_faults(folder: Folder) -> Iterator[Fault]:
    """A queue requires certifications and modules that exist, and holds areas that exist."""
    certifications, areas = folder.names(Kind.CERTIFICATION), _areas(folder)
    for queue in folder.of(QueueDocument).values():
        requires = queue.document.requires
        yield from all_missing(queue, ("areas",), queue.document.areas, areas, "area") if areas else ()
        yield from all_missing(queue, ("requires", "all_of"), requires.all_of, certifications, "certification")
        yield from all_missing(queue, ("requires", "any_of"), requires.any_of, certifications, "certification")
        yield from _module_faults(queue, ("requires", "modules"), requires.modules, folder)


def _module_faults(source: Source[BaseModel], path: FieldPath, wanted: Mapping[str, str], folder: Folder) -> Iterator[Fault]:
    """Modules that do not exist, or of which nobody can have acknowledged so late a version."""
    modules = folder.of(ModuleDocument)
    yield from named_translations(source, path, ((slug, slug) for slug in wanted), folder)
    for slug, version in wanted.items():
        yield from missing(source, (*path, slug), slug, folder.names(Kind.MODULE), "module")
        if slug in modules and Version.parse(version) > modules[slug].document.number:
            here = modules[slug].document.version
            yield source.fault((*path, slug), f"asks for version {version}, but the module is at {here}", f"ask for {here} or an earlier one")
