"""Renewals in sequential mode: an exam that has it, and holders whose certificate ends soon."""

from datetime import datetime, timedelta
from typing import Any

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.exams.factories import NOON, ExamFactory, ItemFactory
from training.accounts.models import Person
from training.certification import queries as certification
from training.exams.queries import PublishedExam

TERM_LEFT = timedelta(days=10)


def renewing_exam(item_count: int = 100, **sequential: Any) -> PublishedExam:
    """Twelve items of one area as a fixed form; renewals in blocks of ten, sixty items at most."""
    ItemFactory.create_batch(item_count)
    CertificationFactory(id="cert-renewed", needs={"exam": "renewal"}, validity_days=180, renewal_window_days=30)
    form = {"item_count": 12, "cells": ({"area": "PRO", "minimum": 12, "maximum": 12},)}
    rules = {"retakes": {"cooldown_hours": [0], "attempts": 50}, "sequential": {"cap": 60, **sequential}}
    return ExamFactory(id="renewal", certification="cert-renewed", **form, **rules)


def holder(*, now: datetime = NOON) -> Person:
    """Somebody whose certificate ends soon."""
    person = PersonFactory()
    award(person.id, certification.certification_by_slug("cert-renewed"), now=now + TERM_LEFT - timedelta(days=180))
    return person
