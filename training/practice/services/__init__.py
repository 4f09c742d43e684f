"""What this room does: it puts cases before people, takes one answer to each, and tells courses what was reached."""

from training.practice.services.ahead import lay_ahead
from training.practice.services.answering import answer_serving, skip_serving
from training.practice.services.calling import call_for_practice, take_calls_back
from training.practice.services.checks import publish_check, start_check
from training.practice.services.choosing import Skipped, next_case, serve_near_miss
from training.practice.services.consenting import ask_for_consent, give_consent, withdraw_consent
from training.practice.services.preferences import choose_preferences
from training.practice.services.remembering import remember_again
from training.practice.services.rescoring import ScoredAnew, score_anew
from training.practice.services.sessions import end_session
from training.practice.services.sets import Picked, give_set, make_set, take_back_set

__all__ = [
    "Picked",
    "ScoredAnew",
    "Skipped",
    "answer_serving",
    "ask_for_consent",
    "call_for_practice",
    "choose_preferences",
    "end_session",
    "give_consent",
    "give_set",
    "lay_ahead",
    "make_set",
    "next_case",
    "publish_check",
    "remember_again",
    "score_anew",
    "serve_near_miss",
    "skip_serving",
    "start_check",
    "take_back_set",
    "take_calls_back",
    "withdraw_consent",
]
