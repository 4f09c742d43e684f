"""What arrives from browsers: answers during an exam, and what trainers enter about it."""

from training.exams.forms.answers import LARGEST_BODY, MOST_ANSWERS, ClaimBody, ConfirmBody, SavingBody, SubmitBody, options_response, read_batch
from training.exams.forms.supervision import ExtendForm, PauseForm, RunningForm

__all__ = [
    "LARGEST_BODY",
    "MOST_ANSWERS",
    "ClaimBody",
    "ConfirmBody",
    "ExtendForm",
    "PauseForm",
    "RunningForm",
    "SavingBody",
    "SubmitBody",
    "options_response",
    "read_batch",
]
