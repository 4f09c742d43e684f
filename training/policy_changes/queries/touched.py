"""What cites a module or its clauses."""

from collections.abc import Collection, Iterable

from training.certification.queries import PublishedCertification, certifications
from training.courses.queries import courses
from training.exams.documents import ExamDocument
from training.policy_changes.queries.published import exam_versions_used


def certifications_citing(module: str) -> list[PublishedCertification]:
    """The certifications that ask for this module, by itself or in a course."""
    in_courses = {course.slug for course, document in courses() if module in document.modules}
    return [found for found in certifications() if module in found.document.needs.modules or in_courses.intersection(found.document.needs.courses)]


def delta_exams(area: str, documents: Iterable[ExamDocument], certifications_touched: Collection[str]) -> dict[str, ExamDocument]:
    """Of these exams the one for each of these certifications that asks about a change in an area and was not asked for by an earlier change."""
    used = exam_versions_used()
    fitting = [exam for exam in documents if area in exam.areas and exam.certification in certifications_touched and (exam.id, exam.version) not in used]
    return {exam.certification: exam for exam in sorted(fitting, key=lambda exam: (exam.certification, exam.id), reverse=True)}
