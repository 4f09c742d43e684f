"""Deeds of this room."""

from training.exams.services.answering import Saved, claim_writing, save_answer, save_answers
from training.exams.services.bank import follow_case, note_acquaintance, store_item
from training.exams.services.finishing import expire_if_due, submit_attempt, sweep_expired
from training.exams.services.publishing import publish_exam
from training.exams.services.starting import start_attempt

__all__ = [
    "Saved",
    "claim_writing",
    "expire_if_due",
    "follow_case",
    "note_acquaintance",
    "publish_exam",
    "save_answer",
    "save_answers",
    "start_attempt",
    "store_item",
    "submit_attempt",
    "sweep_expired",
]
