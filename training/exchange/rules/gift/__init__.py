"""GIFT, the text format of Moodle's question bank."""

from training.exchange.rules.gift.reading import gift_rows
from training.exchange.rules.gift.writing import gift_text

__all__ = ["gift_rows", "gift_text"]
