"""Cases: the labels and clauses they cite, their pictures and recordings, their near-misses and families."""

from collections.abc import Collection, Iterator, Mapping

from training.cases.documents import CaseDocument
from training.cases.rules import RECORDING, Outcome, Region, Span, acts, picture_field
from training.content_store.rules.folder import Folder, MediaSource, Source
from training.content_store.rules.kinds import Kind
from training.content_store.rules.references.modules import clause_codes, labels_of
from training.content_store.rules.references.names import all_missing, missing
from training.documents.faults import Fault

ROUNDING_SECONDS = 1
"""How far the length that a case says may be from its recording's."""

OUTCOMES = frozenset(outcome.value for outcome in Outcome)

CaseSource = Source[CaseDocument]


def case_faults(folder: Folder) -> Iterator[Fault]:
    """Everything wrong between cases, and between them and the rest."""
    cases = folder.of(CaseDocument)
    labels = {*labels_of(folder), *OUTCOMES}
    is_taxonomy_known = folder.names(Kind.TAXONOMY) and not folder.broken_of(Kind.TAXONOMY)
    clauses = clause_codes(folder)
    for case in cases.values():
        reference = case.document.reference
        yield from all_missing(case, ("reference", "labels"), reference.labels, labels, "label") if is_taxonomy_known else ()
        yield from all_missing(case, ("reference", "clauses"), reference.clauses, clauses, "clause")
        yield from _file_faults(case, folder.media)
        yield from _outside_faults(case, folder.media)
        yield from _contrast_faults(case, cases, folder.names(Kind.CASE))
    yield from _family_faults(list(cases.values()))


def _file_faults(case: CaseSource, media: Mapping[str, MediaSource]) -> Iterator[Fault]:
    document = case.document
    for position, picture in enumerate(document.content.images):
        if picture.file not in media:
            yield case.fault(("content", "images", position, "file"), f"there is no picture cases/{picture.file}", "add it, or correct the name")
    if document.recording is not None:
        yield from _recording_faults(case, document.recording.file, document.shown.get("duration_seconds"), media)


def _recording_faults(case: CaseSource, file: str, seconds: int | None, media: Mapping[str, MediaSource]) -> Iterator[Fault]:
    """The recording is there, and as long as the case says that it is: what is said and written stands at its times."""
    if file not in media:
        yield case.fault(("content", "recording", "file"), f"there is no recording cases/{file}", "add it, or correct the name")
    elif seconds is not None and abs(media[file].extent[0] - seconds) > ROUNDING_SECONDS:
        problem = f"says {seconds} s, and the recording cases/{file} lasts {media[file].extent[0]:.1f} s"
        yield case.fault(("content", "duration_seconds"), problem, "write how long the recording lasts, in whole seconds")


def _outside_faults(case: CaseSource, media: Mapping[str, MediaSource]) -> Iterator[Fault]:
    """What the expert marked lies within what is shown."""
    document = case.document
    files = {picture_field(position): picture.file for position, picture in enumerate(document.content.images)}
    files |= {RECORDING: document.recording.file} if document.recording else {}
    for position, evidence in enumerate(document.reference.evidence):
        extent = media[files[evidence.field]].extent if files.get(evidence.field) in media else None
        mark = evidence.mark(())
        if extent and isinstance(mark, Span) and mark.end > extent[0]:
            problem = f"lies behind the end of the recording at {extent[0]:.1f} s"
            yield case.fault(("reference", "evidence", position, "end"), problem, "end it there or before")
        if extent and isinstance(mark, Region) and (mark.x + mark.width > extent[0] or mark.y + mark.height > extent[-1]):
            problem = f"reaches beyond the picture, which has {extent[0]:.0f} × {extent[-1]:.0f} pixels"
            yield case.fault(("reference", "evidence", position), problem, "make it smaller or move it")


def _contrast_faults(case: CaseSource, cases: Mapping[str, CaseSource], known: Collection[str]) -> Iterator[Fault]:
    name = case.document.contrast
    if name is None:
        return
    other = cases.get(name)
    if other is None:
        yield from missing(case, ("contrast",), name, known, "case")
        return
    if other.document.pool is not case.document.pool:
        yield case.fault(("contrast",), f"`{name}` is in the {other.document.pool} pool", "a near-miss is in the same pool")
    elif other.document.family != case.document.family:
        problem = f"`{name}` is of the family `{other.document.family}`"
        yield case.fault(("contrast",), problem, f"a near-miss looks alike: write `family: {case.document.family}` in {other.path}, or the other way round")
    if other.document.contrast != case.document.id:
        yield case.fault(("contrast",), f"`{name}` does not name this case as its contrast", f"write `contrast: {case.document.id}` in {other.path}")
    if acts(case.document.reference.decisions[0]) == acts(other.document.reference.decisions[0]):
        yield case.fault(("contrast",), f"`{name}` is decided the same way", "a near-miss is decided the opposite way")


def _family_faults(cases: list[CaseSource]) -> Iterator[Fault]:
    first: dict[str, CaseSource] = {}
    for case in cases:
        other = first.setdefault(case.document.family, case)
        if other.document.pool is not case.document.pool:
            where = f"{other.path} ({other.document.pool} pool)"
            yield case.fault(("family",), f"`{case.document.family}` is the family of {where} too", "a family lives in one pool; give this case another")
