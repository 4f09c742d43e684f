"""Anything that candidates, their windows, trainers, the clock and the sweep can do, in any order, beside a plain model of it."""

import secrets

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.exams.machine.hall import Hall
from tests.exams.machine.plain_bank import store_bank


@pytest.fixture
def hall(app: Flask, monkeypatch: pytest.MonkeyPatch) -> type[Hall]:
    """The machine over one bank; seeds are counted, so that what failed once fails again."""
    monkeypatch.setattr(secrets, "randbits", lambda _: next(Hall.seeds))
    Hall.seeds = iter(range(1))
    Hall.exam = store_bank()
    return Hall


def run(hall: type[Hall], *, examples: int, steps: int) -> None:
    profile = settings(max_examples=examples, stateful_step_count=steps, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(hall, settings=profile)


@pytest.mark.long
def test_whatever_happens_in_the_hall_the_model_says_the_same(hall: type[Hall]) -> None:
    run(hall, examples=20, steps=30)


@pytest.mark.full
def test_whatever_happens_in_the_hall_for_long_the_model_says_the_same(hall: type[Hall]) -> None:
    run(hall, examples=400, steps=60)
