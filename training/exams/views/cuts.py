"""Where judges put the cut of an exam: by its items, and by the whole of it, held against the scores that were reached."""

from collections.abc import Collection
from dataclasses import dataclass
from statistics import fmean

from training.exams.queries import PublishedExam
from training.exams.queries.cuts import cut_judgements_of, estimates_of, forms_of_version, forms_with, worth_of_versions
from training.exams.rules.analysis.compromise import Compromise, beuk, hofstee, share_reaching
from training.exams.rules.analysis.cuts import FEWEST_JUDGES, AngoffCut, Estimates, angoff
from training.exams.rules.analysis.figures import ExamFigures
from training.exams.rules.analysis.minimums import Figure, Weight, weight_of
from training.web.access import principal


@dataclass(frozen=True, slots=True)
class FormCut:
    """Where the judges put the cut of one form that was sat."""

    public_id: str
    cut: AngoffCut


@dataclass(frozen=True, slots=True)
class CutByItems:
    """Where the judges put the cut, over the forms whose every item they judged."""

    form_count: int
    judged_items: int
    forms: tuple[FormCut, ...]
    fewest_judges: int = FEWEST_JUDGES

    @property
    def mean_share(self) -> float | None:
        """The mean cut as a share of the points."""
        return fmean(form.cut.share for form in self.forms) if self.forms else None


def cut_by_items(exam: PublishedExam, estimates: Estimates | None = None) -> CutByItems:
    """The cut by the modified Angoff method on the latest forms that were sat: by these estimates, or by all that are revealed."""
    forms = forms_of_version(exam.version_id)
    said = estimates if estimates is not None else estimates_of({item for form in forms for item in form.items})
    judged = {item for by_judge in said.values() for item in by_judge}
    worth = worth_of_versions(judged)
    cuts = [(form, angoff(said, {item: worth[item] for item in form.items})) for form in forms_with(forms, judged)]
    return CutByItems(len(forms), len(judged), tuple(FormCut(form.attempt_public_id, cut) for form, cut in cuts if cut is not None))


def cut_of(estimates: Estimates, version_ids: Collection[int]) -> AngoffCut | None:
    """The cut of these items taken as one form."""
    return angoff(estimates, worth_of_versions(version_ids))


@dataclass(frozen=True, slots=True)
class CutByExam:
    """Where the judges put the cut of the whole exam, and how many of those who sat reach the one that its rule claims."""

    judge_count: int
    may_judge: bool
    has_judged: bool
    claimed: float
    reaching: float | None
    """The share of first attempts with the claimed share of the points; nothing where they are too few to say."""
    beuk: Compromise | None
    hofstee: Compromise | None
    fewest_judges: int = FEWEST_JUDGES

    @property
    def is_shown(self) -> bool:
        """Whether somebody may see what the others said: whoever can judge says it first."""
        return self.has_judged or not self.may_judge


def cut_by_exam(exam: PublishedExam, figures: ExamFigures | None) -> CutByExam:
    """The reality checks of an exam's cut."""
    judged = cut_judgements_of(exam.version_id)
    is_enough = figures is not None and weight_of(Figure.PASSING, figures.attempt_count) is not Weight.TOO_FEW
    scores = figures.scores if figures is not None and is_enough else {}
    claimed = exam.document.rule.weighted_percent / 100
    said = list(judged.values())
    return CutByExam(
        judge_count=len(said),
        may_judge="trainer" in principal().roles,
        has_judged=principal().person_id in judged,
        claimed=claimed,
        reaching=share_reaching(scores, claimed) if scores else None,
        beuk=beuk(said, scores),
        hofstee=hofstee(said, scores),
    )
