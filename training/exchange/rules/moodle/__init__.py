"""Moodle XML, the whole format of Moodle's question bank."""

from training.exchange.rules.moodle.reading import moodle_rows
from training.exchange.rules.moodle.writing import MOODLE_BEGIN, MOODLE_END, moodle_xml

__all__ = ["MOODLE_BEGIN", "MOODLE_END", "moodle_rows", "moodle_xml"]
