"""The item bank, exams, attempts with their answers and scores."""

from training.exams.models.attempts import Answer, AnswerEvent, Attempt, DrawPool, FormItem, ScoreRun, SequentialTry, TimeEvent
from training.exams.models.bank import Exam, ExamVersion, Item, ItemAcquaintance, ItemUse, ItemVersion

__all__ = [
    "Answer",
    "AnswerEvent",
    "Attempt",
    "DrawPool",
    "Exam",
    "ExamVersion",
    "FormItem",
    "Item",
    "ItemAcquaintance",
    "ItemUse",
    "ItemVersion",
    "ScoreRun",
    "SequentialTry",
    "TimeEvent",
]
