"""What arrives from browsers: answers during an exam, and what trainers enter about it."""

from training.exams.forms.answers import LARGEST_BODY, MOST_ANSWERS, ClaimBody, ConfirmBody, SavingBody, SubmitBody, read_batch
from training.exams.forms.claims import AllowForm
from training.exams.forms.desk import CLASS_WORDS, KIND_WORDS, STATE_WORDS, HoldForm, ItemFilterForm, ReleaseForm, WholeExamForm
from training.exams.forms.marking import MarkForm
from training.exams.forms.plain import plain_response
from training.exams.forms.power import SketchForm, sketched
from training.exams.forms.questions import QuestionScreen, case_form, question_screen
from training.exams.forms.rulings import RULING_WORDS, FindItemForm, RulingForm, proposed_key, ruling_form
from training.exams.forms.signals import OUTCOME_NAMES, SIGNAL_NAMES, ReviewForm, SignalsBody, SignalsForm
from training.exams.forms.supervision import ExtendForm, LateForm, PauseForm, RegisterForm, RunningForm
from training.exams.forms.what_if import WhatIfForm
from training.exams.forms.workshops import CallJudgesForm, EstimateForm, WorkshopForm, estimate_form

__all__ = [
    "CLASS_WORDS",
    "KIND_WORDS",
    "LARGEST_BODY",
    "MOST_ANSWERS",
    "OUTCOME_NAMES",
    "RULING_WORDS",
    "SIGNAL_NAMES",
    "STATE_WORDS",
    "AllowForm",
    "CallJudgesForm",
    "ClaimBody",
    "ConfirmBody",
    "EstimateForm",
    "ExtendForm",
    "FindItemForm",
    "HoldForm",
    "ItemFilterForm",
    "LateForm",
    "MarkForm",
    "PauseForm",
    "QuestionScreen",
    "RegisterForm",
    "ReleaseForm",
    "ReviewForm",
    "RulingForm",
    "RunningForm",
    "SavingBody",
    "SignalsBody",
    "SignalsForm",
    "SketchForm",
    "SubmitBody",
    "WhatIfForm",
    "WholeExamForm",
    "WorkshopForm",
    "case_form",
    "estimate_form",
    "plain_response",
    "proposed_key",
    "question_screen",
    "read_batch",
    "ruling_form",
    "sketched",
]
