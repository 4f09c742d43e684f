"""Signals that a person may want to look at an attempt: evidence for a review, never a verdict (MEASUREMENT.md §9)."""
