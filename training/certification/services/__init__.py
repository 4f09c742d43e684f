"""Deeds upon the ledger: publish what a certification needs, award, and the entries that people make."""

from training.certification.services.awarding import Consideration, ask_for_term, award_what_is_met, consider
from training.certification.services.calendars import close_calendar, open_calendar, token_hash
from training.certification.services.deltas import owe_delta, reopen_delta
from training.certification.services.digests import tell_leads
from training.certification.services.entering import LedgerRefusal, enter
from training.certification.services.nesting import NestingRefusal, extend, promote, sign_off
from training.certification.services.passed import ExamPassed
from training.certification.services.publishing import publish_certification
from training.certification.services.reminders import remind_of_ends, withdraw_reminders
from training.certification.services.retests import flag_retest, lift_retest
from training.certification.services.settling import follow_languages, follow_studies
from training.certification.services.sharing import choose_disclosure, count_look, forget_looks
from training.certification.services.working import record_work

__all__ = [
    "Consideration",
    "ExamPassed",
    "LedgerRefusal",
    "NestingRefusal",
    "ask_for_term",
    "award_what_is_met",
    "choose_disclosure",
    "close_calendar",
    "consider",
    "count_look",
    "enter",
    "extend",
    "flag_retest",
    "follow_languages",
    "follow_studies",
    "forget_looks",
    "lift_retest",
    "open_calendar",
    "owe_delta",
    "promote",
    "publish_certification",
    "record_work",
    "remind_of_ends",
    "reopen_delta",
    "sign_off",
    "tell_leads",
    "token_hash",
    "withdraw_reminders",
]
