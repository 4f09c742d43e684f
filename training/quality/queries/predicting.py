"""Exam scores beside audited quality, by certification."""

from dataclasses import dataclass

from training.certification.queries import PublishedCertification, certifications
from training.exams.queries import exam_figures, first_scores, newest_sat_version
from training.quality.queries.counting import decisions_of
from training.quality.rules import Pair, Prediction, prediction


@dataclass(frozen=True, slots=True)
class ExamPrediction:
    """What can be said of the exam of one certification."""

    certification: PublishedCertification
    found: Prediction
    exam_reliability: float | None
    """As analysis last computed it, of the newest version that was sat; nothing where it has too few attempts."""


def predictions() -> list[ExamPrediction]:
    """What can be said of the exam of every certification that has one, by title."""
    return [_of(each, each.document.needs.exam) for each in certifications() if each.document.needs.exam]


def _of(certification: PublishedCertification, exam_slug: str) -> ExamPrediction:
    scores = first_scores(exam_slug)
    audits = decisions_of(scores)
    pairs = []
    for person_id, score in scores.items():
        random = [each for each in audits.get((person_id, certification.slug), ()) if each.is_random]
        pairs.append(Pair(score, len(random), sum(not each.is_miss for each in random)))
    version_id = newest_sat_version(exam_slug)
    figures = exam_figures(version_id) if version_id is not None else None
    return ExamPrediction(certification, prediction(list(scores.values()), pairs), figures.points_reliability if figures else None)
