"""Candidates of exams, who dispute their questions here."""

from tests.exams.conftest import candidate

__all__ = ["candidate"]
