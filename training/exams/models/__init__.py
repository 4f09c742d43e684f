"""The item bank, exams, attempts with their answers and scores, and what analysis keeps of them."""

from training.exams.models.analysis import AnalysisRun, AnswerSheet, CutEstimate, ExamStatistic, ItemEstimate, ItemFlagEvent, ItemStatistic
from training.exams.models.attempts import Answer, AnswerEvent, Attempt, DrawPool, FormItem, SequentialTry, TimeEvent
from training.exams.models.bank import Exam, ExamVersion, FormUse, Item, ItemAcquaintance, ItemUse, ItemVersion, TextAcquaintance
from training.exams.models.claims import AttemptAllowance, ItemViewing
from training.exams.models.late import LateRuling
from training.exams.models.marking import MarkingTask, ReplyAppeal, ReplyMark
from training.exams.models.prepared import PreparedForm, PreparedFormRelease
from training.exams.models.rulings import ItemRuling, Regrade
from training.exams.models.scores import ScoreRun
from training.exams.models.signals import AttemptSignal, SignalReview, SignalTally, SimilarityRepeat, SimilarityRun
from training.exams.models.trials import ExamTrial
from training.exams.models.workshops import CutWorkshop, CutWorkshopJudge, CutWorkshopQuestion

__all__ = [
    "AnalysisRun",
    "Answer",
    "AnswerEvent",
    "AnswerSheet",
    "Attempt",
    "AttemptAllowance",
    "AttemptSignal",
    "CutEstimate",
    "CutWorkshop",
    "CutWorkshopJudge",
    "CutWorkshopQuestion",
    "DrawPool",
    "Exam",
    "ExamStatistic",
    "ExamTrial",
    "ExamVersion",
    "FormItem",
    "FormUse",
    "Item",
    "ItemAcquaintance",
    "ItemEstimate",
    "ItemFlagEvent",
    "ItemRuling",
    "ItemStatistic",
    "ItemUse",
    "ItemVersion",
    "ItemViewing",
    "LateRuling",
    "MarkingTask",
    "PreparedForm",
    "PreparedFormRelease",
    "Regrade",
    "ReplyAppeal",
    "ReplyMark",
    "ScoreRun",
    "SequentialTry",
    "SignalReview",
    "SignalTally",
    "SimilarityRepeat",
    "SimilarityRun",
    "TextAcquaintance",
    "TimeEvent",
]
