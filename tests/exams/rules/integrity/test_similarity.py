from math import exp, prod
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.integrity.similarity import Agreement, Cohort, Sheet, at_least, compare, discoveries, similar_pairs


def test_worked_chances_of_at_least_so_many() -> None:
    assert at_least(2, [0.1, 0.2, 0.3]) == pytest.approx(0.098)
    assert at_least(1, [0.5, 0.5]) == pytest.approx(0.75)
    assert at_least(0, [0.3]) == 1.0
    assert at_least(3, [0.3, 0.4]) == pytest.approx(0.0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_the_chances_of_all_and_of_any_are_products(chances: list[float]) -> None:
    assert at_least(len(chances), chances) == pytest.approx(prod(chances), abs=1e-9)
    assert at_least(1, chances) == pytest.approx(1 - prod(1 - chance for chance in chances), abs=1e-9)


def test_benjamini_and_hochbergs_worked_example() -> None:
    """Their 15 p-values (1995, section 3.3): at .05 the four smallest are discoveries, where Bonferroni finds three."""
    listed = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    p_values = {(0, place): p_value for place, p_value in enumerate(listed)}
    assert discoveries(p_values, 15, 0.05) == {(0, 0), (0, 1), (0, 2), (0, 3)}


def test_tests_that_are_not_listed_count_too() -> None:
    assert discoveries({(0, 1): 0.0009}, 10) == {(0, 1)}
    assert discoveries({(0, 1): 0.0009}, 100) == set()


def test_a_pair_by_hand() -> None:
    """Two of 8 people, one item, 4 others erred on it, 3 of them alike.

    Agreement (3 + 5) / (6 + 10) = .5. Odds of the item without the pair 5/3, of all 7/3, so hardness 5/7; of each of the pair 2/1: 10/7, a chance of
    10/17. Together .5 × (10/17)² = .173010.
    """
    answers = [7, 7, 4, 4, 4, 5, None, None]
    sheets = [Sheet(person, {1: answer}) for person, answer in enumerate(answers)]
    found = compare(Cohort(sheets), sheets[0], sheets[1])
    assert found == Agreement(1, 1, pytest.approx(0.173010, abs=1e-6), pytest.approx(0.173010, abs=1e-6))


def cohort(random: Random, people: int, items: int, *, met: int | None = None) -> list[Sheet]:
    """People who work alone: abilities and difficulties by the Rasch model, wrong options of their own popularity."""
    abilities = [random.gauss(0, 0.8) for _ in range(people)]
    hardness = [random.gauss(-1.2, 0.9) for _ in range(items)]
    popularity = [[random.gammavariate(0.7, 1) + 0.05 for _ in range(3)] for _ in range(items)]

    def answer(person: int, item: int) -> int | None:
        errs = random.random() < 1 / (1 + exp(abilities[person] - hardness[item]))
        return random.choices((1, 2, 3), popularity[item])[0] if errs else None

    forms = [sorted(random.sample(range(items), met or items)) for _ in range(people)]
    return [Sheet(person, {item: answer(person, item) for item in form}) for person, form in enumerate(forms)]


def false_finds(cohorts: int, seed: int, people: int, **sizes: int) -> int:
    """In how many cohorts of people who work alone any pair stands out."""
    random = Random(seed)
    return sum(bool(similar_pairs(cohort(random, people, **sizes), fresh=frozenset(range(people)))[0]) for _ in range(cohorts))


def test_people_who_work_alone_are_not_found_alike() -> None:
    assert false_finds(10, 1, people=40, items=40) == 0
    assert false_finds(5, 2, people=60, items=120, met=40) == 0


@pytest.mark.full
def test_at_most_one_cohort_in_a_hundred_holds_a_false_find() -> None:
    """400 cohorts; at a true rate of .01 more than 10 would happen once in 350 times."""
    assert false_finds(300, 3, people=60, items=40) + false_finds(100, 4, people=120, items=240, met=60) <= 10


def test_copied_wrong_answers_are_found_and_nobody_else() -> None:
    random = Random(5)
    sheets = cohort(random, 60, 60)
    donor = max(range(1, 60), key=lambda person: sum(answer is not None for answer in sheets[person].answers.values()))
    copied = {item: sheets[donor].answers[item] if random.random() < 0.8 else answer for item, answer in sheets[0].answers.items()}
    sheets[0] = Sheet(0, copied)
    found, tested = similar_pairs(sheets, fresh=frozenset(range(60)))
    assert set(found) == {(0, donor)}
    assert tested == 60 * 59 // 2
    assert found[0, donor].identical_count > 2 * found[0, donor].expected


def test_pairs_without_a_fresh_sheet_and_sheets_of_one_person_are_not_compared() -> None:
    answers = dict.fromkeys(range(20), 2)
    others = [Sheet(person, dict.fromkeys(range(20))) for person in range(2, 30)]
    twins = [Sheet(0, answers), Sheet(1, answers), *others]
    assert set(similar_pairs(twins, fresh=frozenset({0}))[0]) == {(0, 1)}
    found, tested = similar_pairs(twins, fresh=frozenset({5}))
    assert (found, tested) == ({}, 29)
    again = [Sheet(0, answers), Sheet(0, answers), *others]
    assert similar_pairs(again, fresh=frozenset(range(30)))[0] == {}


def test_agreeing_in_right_answers_says_nothing() -> None:
    sheets = [Sheet(person, dict.fromkeys(range(40))) for person in range(30)]
    assert similar_pairs(sheets, fresh=frozenset(range(30)))[0] == {}
