"""Does the exam predict quality? Said plainly, with how sure it is."""

from flask import render_template
from flask.typing import ResponseReturnValue

from training.accounts.rules import Role
from training.judgements.rules import FEWEST_TO_JUDGE, Interval
from training.quality import queries
from training.quality.queries import ExamPrediction
from training.quality.rules import PredictionWord
from training.quality.rules.predicting import FEWEST_AUDITED
from training.quality.views.blueprint import blueprint
from training.web.access import opens_to
from training.web.spreadsheets import Cell, table_file

MAY_PREDICT = (Role.TRAINER, Role.QA, Role.ADMIN, Role.AUDITOR)
WORDS = {
    PredictionWord.TOO_FEW: ("Not shown: too few people", "neutral"),
    PredictionWord.ALL_ALIKE: ("Not shown: everybody scored or works alike", "neutral"),
    PredictionWord.NOT_SHOWN: ("Not shown", "warn"),
    PredictionWord.SHOWN: ("Shown", "good"),
    PredictionWord.REVERSED: ("The other way round", "bad"),
}
HEADING = (
    *("Certificate", "Exam", "Sat it", "Audited", "Correlation", "At least", "At most", "Corrected", "Corrected at least", "Corrected at most"),
    *("Deviation of all", "Deviation of the audited", "Reliability of the exam", "Reliability of audited quality", "What it says"),
)


@blueprint.get("/prediction")
@opens_to(*MAY_PREDICT)
def prediction() -> str:
    """For each exam that gates, how its scores go with what audits find later."""
    return render_template("quality/prediction.html", found=queries.predictions(), words=WORDS, fewest_people=FEWEST_AUDITED, fewest_audits=FEWEST_TO_JUDGE)


@blueprint.get("/prediction.<file_format>")
@opens_to(*MAY_PREDICT)
def prediction_file(file_format: str) -> ResponseReturnValue:
    """The same as a file."""
    return table_file("exam-and-quality", HEADING, [_line(each) for each in queries.predictions()], file_format)


def _line(each: ExamPrediction) -> list[Cell]:
    found, document = each.found, each.certification.document
    return [
        document.title,
        document.needs.exam,
        found.tried_count,
        found.audited_count,
        *_limits(found.observed),
        *_limits(found.corrected),
        *(_rounded(value) for value in (found.tried_deviation, found.audited_deviation, each.exam_reliability, found.quality_reliability)),
        WORDS[found.word][0],
    ]


def _limits(interval: Interval | None) -> list[Cell]:
    return [round(value, 4) for value in (interval.point, interval.low, interval.high)] if interval else [None, None, None]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
