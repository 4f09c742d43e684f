"""Deeds upon evidence packs and the attention list that pages do. Checking brings `cryptography` along and is imported by whoever does it."""

from training.insights.services.asking import SEE_EVERYBODY, Wish, ask_for_pack
from training.insights.services.attention import Attention, Line, attention_list, bring_back, put_aside
from training.insights.services.cohort_time import TimeRuled, TimeRuling, rule_on_time

__all__ = ["SEE_EVERYBODY", "Attention", "Line", "TimeRuled", "TimeRuling", "Wish", "ask_for_pack", "attention_list", "bring_back", "put_aside", "rule_on_time"]
