"""What this room does: it scores answers and writes them down, once, with what they add up to."""

from training.judgements.services.recording import GivenAnswer, Occasion, Restated, record_judgement, record_judgements, restate_judgements
from training.judgements.services.tallying import countable, keep_tallies

__all__ = ["GivenAnswer", "Occasion", "Restated", "countable", "keep_tallies", "record_judgement", "record_judgements", "restate_judgements"]
