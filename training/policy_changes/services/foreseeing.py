"""What a policy change will be, foreseen from the content folder, and everything that forbids it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from training.certification.queries import awarded_ever
from training.content_store.rules.folder import Folder, Source
from training.courses.documents import ModuleDocument
from training.courses.queries import PublishedClauses, published_clauses
from training.courses.rendering import render_module
from training.courses.rules.clause_changes import ClauseWords, MarkProblem, MisMarked, clause_changes, mark_of, mis_marked
from training.courses.rules.versions import Step, step_between
from training.documents.faults import Fault
from training.exams.documents import ExamDocument
from training.policy_changes import queries
from training.policy_changes.rules.changes import DeltaExam, PolicyChange, marked

Module = Source[ModuleDocument]

MARKS = "editorial, clarified or changed"
PROBLEMS: Mapping[MarkProblem, tuple[str, str]] = {
    MarkProblem.UNMARKED: ("differs from what is published, and `changes` does not say how much", f"mark it under `changes.clauses`: {MARKS}"),
    MarkProblem.NOT_CHANGED: ("is marked under `changes`, and says what it said", "take the mark out"),
    MarkProblem.TOO_MUCH_FOR_PATCH: ("changes more than a patch may", "raise the second number of the version, or the first; a patch only corrects words"),
}
"""What is wrong with a mark, and how to mend it."""


def foresee(folder: Folder, changed: Collection[str]) -> tuple[tuple[PolicyChange, ...], tuple[Fault, ...]]:
    """The steps that these modules of the folder, which are published in another version, are to take; and what is wrong with how they are marked.

    A translation takes none: it tells rules of another module, and asks nothing of anybody.
    """
    modules = folder.of(ModuleDocument)
    changed = [slug for slug in changed if modules[slug].document.original is None]
    if not changed:
        return (), ()
    now = published_clauses()
    then = {slug: _clauses(modules[slug]) if slug in changed else published.clauses for slug, published in now.items()}
    then |= {slug: _clauses(module) for slug, module in modules.items() if slug not in now}
    known = {words.code: words for published in now.values() for words in published.clauses}
    kept = {words.code: words for words in chain.from_iterable(then.values())}
    steps = [_step(modules[slug], now[slug], then[slug], known=known, kept=kept) for slug in sorted(changed)]
    faults = [fault for _, found in steps for fault in found]
    examined = [_with_exams(step, folder, faults) for step, _ in steps]
    return tuple(examined), tuple(faults)


def _with_exams(change: PolicyChange, folder: Folder, faults: list[Fault]) -> PolicyChange:
    """A major change with the exams that ask about it; a fault where an exam decides about a certificate, and none asks its holders about the change."""
    if change.step is not Step.MAJOR:
        return change
    touched = queries.certifications_citing(change.module)
    found = queries.delta_exams(change.area, [exam.document for exam in folder.of(ExamDocument).values()], [each.slug for each in touched])
    awarded = awarded_ever([each.id for each in touched])
    for each in touched:
        if each.document.needs.exam is not None and each.slug not in found and each.id in awarded:
            problem = f"a first number asks for a delta exam about {change.area}, and the holders of {each.slug} have none"
            remedy = f"write an exam with `certification: {each.slug}` and `delta: {{ areas: [{change.area}] }}`, or raise the version of the one there is"
            faults.append(folder.of(ModuleDocument)[change.module].fault(("version",), problem, remedy))
    return replace(change, exams=tuple(DeltaExam(slug, exam.id, exam.number) for slug, exam in sorted(found.items())))


def _clauses(module: Module) -> tuple[ClauseWords, ...]:
    if module.document.original is not None:
        return ()
    return tuple(ClauseWords(clause.code, clause.text, clause.labels) for clause in render_module(module.document.body, slug=module.slug).clauses)


def _step(
    module: Module, now: PublishedClauses, then: Collection[ClauseWords], *, known: Mapping[str, ClauseWords], kept: Mapping[str, ClauseWords]
) -> tuple[PolicyChange, list[Fault]]:
    document = module.document
    marks, step = document.changes.clauses if document.changes else {}, step_between(now.version, document.number)
    changes = clause_changes(now.clauses, then, known=known, kept=kept)
    clauses = tuple(marked(change, mark_of(change, marks, step)) for change in changes)
    due_days = document.changes.due_days if document.changes else None
    found = PolicyChange(module.slug, document.title, document.area, document.language, now.version, document.number, clauses, due_days)
    if document.changes is not None and document.changes.since != str(now.version):
        problem = f"the marks are about what changed since {document.changes.since}, and {now.version} is published"
        return found, [module.fault(("changes", "since"), problem, f"look at what changed since then, and write {now.version}")]
    return found, list(_mark_faults(module, mis_marked(changes, marks, step)))


def _mark_faults(module: Module, problems: Collection[MisMarked]) -> Iterator[Fault]:
    lines = {block.argument: module.lines.of(("body",)) + block.line - 1 for block in module.document.clauses}
    for found in problems:
        line = lines.get(found.code, module.lines.of(("changes",) if module.document.changes else ("version",)))
        yield module.fault_at(line, f"clause {found.code}", *PROBLEMS[found.problem])
