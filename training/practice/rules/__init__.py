"""Which case comes next, what is remembered, who is ready, what is veiled: decided from plain values."""

from training.practice.rules.calls import Miss, concepts_of
from training.practice.rules.care import PAUSE, Looked, Veil, is_break_due, veil_over
from training.practice.rules.colleagues import FEWEST_COLLEAGUES, MOST_COLLEAGUES, Colleagues, GivenByOther, colleagues_of
from training.practice.rules.consent import Asking, Consent, Sensitivity, sensitivities_in, sensitivity_of, withheld
from training.practice.rules.counting import FEWEST_TOLD, MONTHS_COMPARED, SMALLEST_GROUP, latest_told, months_begun, told_count
from training.practice.rules.drill import Backlog, backlog
from training.practice.rules.exposure import UNLIMITED, Budget, Exposure, day_began_at, is_spent, week_began_at
from training.practice.rules.memory import Memory
from training.practice.rules.occasions import occasion_of, serving_of_occasion
from training.practice.rules.pace import FEWEST_TO_JUDGE_SLOW_CASES, MeasuredPace, Pace, measured_pace, pace_of
from training.practice.rules.picking import RECENT_COUNT, Candidate, Recent, calls_for_near_miss, may_call_for_near_miss, pick, pick_again, pick_like
from training.practice.rules.purposes import DAILY, DAILY_MIX, LARGEST_SET, LONGEST_SCOPE, SESSION_IDLE, Limits, Purpose, PurposeKind, may_lay_ahead, purpose_of
from training.practice.rules.readiness import READY_ANSWER_COUNT, READY_CERTAINTY, READY_DAY_COUNT, Mastery, Readiness, mastered, readiness_of, ready_until
from training.practice.rules.reasons import PracticeRefusal, SetRefusal
from training.practice.rules.rotation import Offer, Practised, ranked
from training.practice.rules.showing import FIELDS, Preference, Wish, usual_preference, with_choices
from training.practice.rules.sparing import NOTHING_SPARED, SEVERE_IN_A_ROW, Instead, Sparing, calls_for_lighter, instead_of
from training.practice.rules.standing import ConceptStanding, Review, stood

__all__ = [
    "DAILY",
    "DAILY_MIX",
    "FEWEST_COLLEAGUES",
    "FEWEST_TOLD",
    "FEWEST_TO_JUDGE_SLOW_CASES",
    "FIELDS",
    "LARGEST_SET",
    "LONGEST_SCOPE",
    "MONTHS_COMPARED",
    "MOST_COLLEAGUES",
    "NOTHING_SPARED",
    "PAUSE",
    "READY_ANSWER_COUNT",
    "READY_CERTAINTY",
    "READY_DAY_COUNT",
    "RECENT_COUNT",
    "SESSION_IDLE",
    "SEVERE_IN_A_ROW",
    "SMALLEST_GROUP",
    "UNLIMITED",
    "Asking",
    "Backlog",
    "Budget",
    "Candidate",
    "Colleagues",
    "ConceptStanding",
    "Consent",
    "Exposure",
    "GivenByOther",
    "Instead",
    "Limits",
    "Looked",
    "Mastery",
    "MeasuredPace",
    "Memory",
    "Miss",
    "Offer",
    "Pace",
    "PracticeRefusal",
    "Practised",
    "Preference",
    "Purpose",
    "PurposeKind",
    "Readiness",
    "Recent",
    "Review",
    "Sensitivity",
    "SetRefusal",
    "Sparing",
    "Veil",
    "Wish",
    "backlog",
    "calls_for_lighter",
    "calls_for_near_miss",
    "colleagues_of",
    "concepts_of",
    "day_began_at",
    "instead_of",
    "is_break_due",
    "is_spent",
    "latest_told",
    "mastered",
    "may_call_for_near_miss",
    "may_lay_ahead",
    "measured_pace",
    "months_begun",
    "occasion_of",
    "pace_of",
    "pick",
    "pick_again",
    "pick_like",
    "purpose_of",
    "ranked",
    "readiness_of",
    "ready_until",
    "sensitivities_in",
    "sensitivity_of",
    "serving_of_occasion",
    "stood",
    "told_count",
    "usual_preference",
    "veil_over",
    "week_began_at",
    "with_choices",
    "withheld",
]
