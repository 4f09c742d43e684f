"""Addresses in what is pasted, and how the people of a cohort fared."""

import pytest

from training.insights.rules.addresses import addresses_in
from training.insights.rules.cohort_results import Fate, Sat, results_by_exam


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("a@example.org\nb@example.org", ["a@example.org", "b@example.org"]),
        ("Ana <A@Example.org>, Budi <b@example.org>; c@example.org", ["a@example.org", "b@example.org", "c@example.org"]),
        ('name,email\n"Ana, of Jakarta",a@example.org\n\n', ["a@example.org"]),
        ("a@example.org\na@example.org", ["a@example.org"]),
        ("", []),
    ],
)
def test_addresses_are_found_whatever_stands_between_them(text, addresses):
    found = addresses_in(text)
    assert list(found.addresses) == addresses and not found.faults


def test_lines_without_an_address_are_told_but_for_the_heading():
    found = addresses_in("email\na@example.org\nBudi\nb@nowhere\n")
    assert found.faults == [(3, "Budi"), (4, "b@nowhere")]


def sat(person_id, share, fate, *, exam="entry", number=1):
    return Sat(f"a{person_id}{number}", person_id, f"p_{person_id}", f"Somebody {person_id}", exam, exam.title(), number, share, fate)


def test_each_counts_by_their_last_attempt_and_the_first_try_is_told_apart():
    tries = [sat(1, 0.4, Fate.NOT_PASSED), sat(2, 0.95, Fate.PASSED), sat(1, 1.0, Fate.PASSED, number=2), sat(3, 0.5, Fate.BEING_MARKED)]
    (found,) = results_by_exam(tries)
    assert (found.person_count, found.passed_first_count) == (3, 1)
    assert found.counts == {Fate.PASSED: 2, Fate.NOT_PASSED: 0, Fate.BEING_MARKED: 1}
    assert sum(found.histogram) == 2 and found.histogram[19] == 2


def test_who_passed_none_of_several_is_named():
    tries = [sat(1, 0.4, Fate.NOT_PASSED), sat(1, 0.5, Fate.NOT_PASSED, number=2), sat(2, 0.1, Fate.NOT_PASSED)]
    assert [each.attempt for each in results_by_exam(tries)[0].stuck] == ["a12"]


def test_exams_stand_by_title():
    assert [each.exam for each in results_by_exam([sat(1, 1, Fate.PASSED, exam="b"), sat(1, 1, Fate.PASSED, exam="a")])] == ["a", "b"]
