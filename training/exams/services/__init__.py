"""Deeds of this room."""

from training.exams.services.acquainting import note_acquaintance, note_text_acquaintance, note_texts_acquaintance
from training.exams.services.allowing import allow_again
from training.exams.services.answering import Receipt, Saved, claim_writing, save_answer, save_answers, save_at_once
from training.exams.services.appealing import appeal
from training.exams.services.bank import follow_case, store_item, version_of
from training.exams.services.breaks import end_break, start_break
from training.exams.services.comparing import compare_again, compare_cohorts, keep_comparison, keep_repetition
from training.exams.services.cuts import judge_exam
from training.exams.services.evidence import AnswerFault, Arrived, note_arrival
from training.exams.services.finishing import expire_if_due, submit_attempt, sweep_expired
from training.exams.services.holding import hold_for_rule, hold_item, open_item, release_item
from training.exams.services.keeping import keep_figures
from training.exams.services.late import may_count_late, rule_on_late_answers
from training.exams.services.preparing import awaited_forms, dropped_forms, prepare_form, release_form
from training.exams.services.prospects import Prospect, prospect_of
from training.exams.services.publishing import Stock, eligible_items, pilots_of_bank, publish_exam, stock_of, typical_form, worth_of
from training.exams.services.replies import give_back, give_mark, skip_reply, take_reply
from training.exams.services.reviewing import close_review
from training.exams.services.ruling import carry_on, rule, try_out
from training.exams.services.sequencing import confirm_answer
from training.exams.services.signals import report_signals
from training.exams.services.starting import start_attempt
from training.exams.services.supervising import extend_attempt, pause_attempt, resume_attempt
from training.exams.services.tallying import tally_finished
from training.exams.services.trials import answer_trial, begin_trial, end_trial, trial_place
from training.exams.services.viewing import note_dispute, open_view, see_question
from training.exams.services.workshops import (
    MAY_JUDGE,
    PlannedWorkshop,
    begin_judging,
    call_more_judges,
    call_workshop,
    close_workshop,
    judge_question,
    reveal_workshop,
)

__all__ = [
    "MAY_JUDGE",
    "AnswerFault",
    "Arrived",
    "PlannedWorkshop",
    "Prospect",
    "Receipt",
    "Saved",
    "Stock",
    "allow_again",
    "answer_trial",
    "appeal",
    "awaited_forms",
    "begin_judging",
    "begin_trial",
    "call_more_judges",
    "call_workshop",
    "carry_on",
    "claim_writing",
    "close_review",
    "close_workshop",
    "compare_again",
    "compare_cohorts",
    "confirm_answer",
    "dropped_forms",
    "eligible_items",
    "end_break",
    "end_trial",
    "expire_if_due",
    "extend_attempt",
    "follow_case",
    "give_back",
    "give_mark",
    "hold_for_rule",
    "hold_item",
    "judge_exam",
    "judge_question",
    "keep_comparison",
    "keep_figures",
    "keep_repetition",
    "may_count_late",
    "note_acquaintance",
    "note_arrival",
    "note_dispute",
    "note_text_acquaintance",
    "note_texts_acquaintance",
    "open_item",
    "open_view",
    "pause_attempt",
    "pilots_of_bank",
    "prepare_form",
    "prospect_of",
    "publish_exam",
    "release_form",
    "release_item",
    "report_signals",
    "resume_attempt",
    "reveal_workshop",
    "rule",
    "rule_on_late_answers",
    "save_answer",
    "save_answers",
    "save_at_once",
    "see_question",
    "skip_reply",
    "start_attempt",
    "start_break",
    "stock_of",
    "store_item",
    "submit_attempt",
    "sweep_expired",
    "take_reply",
    "tally_finished",
    "trial_place",
    "try_out",
    "typical_form",
    "version_of",
    "worth_of",
]
