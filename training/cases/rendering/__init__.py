"""How cases are shown: plain values without slug, family, label or key, and the words for codes."""

from training.cases.rendering.display import DisplayedCase, DisplayedImage, DisplayedRecording, Segment, cut, displayed
from training.cases.rendering.timeline import Moment, Timeline, seconds_at
from training.cases.rendering.words import ACTIONS, CERTAINTIES, INTENTS, PARTIES, SEVERITIES, SURFACES, TARGETS, Choice, ChoiceGroup, name_of

__all__ = [
    "ACTIONS",
    "CERTAINTIES",
    "INTENTS",
    "PARTIES",
    "SEVERITIES",
    "SURFACES",
    "TARGETS",
    "Choice",
    "ChoiceGroup",
    "DisplayedCase",
    "DisplayedImage",
    "DisplayedRecording",
    "Moment",
    "Segment",
    "Timeline",
    "cut",
    "displayed",
    "name_of",
    "seconds_at",
]
