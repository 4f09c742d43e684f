"""Which case comes next, when a break is due: by values and properties."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.cases.rules import Difficulty
from training.practice.rules import Candidate, Choice, History, Looked, Practised, Veil, areas_of_scope, choose, is_break_due, scope_name, veil_over

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def case(case_id: int, concept: str = "PRO-03.a", *, family: str | None = None, difficulty: Difficulty = Difficulty.TYPICAL) -> Candidate:
    return Candidate(case_id, concept, concept[:3], family or f"fam-{case_id}", difficulty)


def practised(count: int, *, days_ago: int = 1) -> Practised:
    return Practised(count, NOW - timedelta(days=days_ago))


def chosen(candidates: list[Candidate], **history: object) -> int:
    choice = choose(candidates, History(**history))  # type: ignore[arg-type]
    assert choice is not None
    return choice.case_id


def test_without_cases_there_is_nothing_next() -> None:
    assert choose([], History()) is None


def test_every_concept_is_surveyed_before_any_comes_twice() -> None:
    candidates = [case(1, "PRO-03.a"), case(2, "PRO-03.a"), case(3, "PRO-04.a")]
    assert chosen(candidates, answered_at={1: NOW}, concepts={"PRO-03.a": practised(1)}) == 3


def test_the_survey_takes_turns_among_areas() -> None:
    candidates = [case(1, "CLM-01.a"), case(2, "CLM-02.a"), case(3, "PRO-03.a")]
    assert chosen(candidates) == 1
    assert chosen(candidates, answered_at={1: NOW}, concepts={"CLM-01.a": practised(1)}) == 3


def test_after_the_survey_the_least_practised_concept_comes_first() -> None:
    candidates = [case(1, "PRO-03.a"), case(2, "PRO-04.a")]
    assert chosen(candidates, concepts={"PRO-03.a": practised(3), "PRO-04.a": practised(2)}) == 2


def test_concepts_practised_alike_come_by_how_long_they_were_left_alone() -> None:
    candidates = [case(1, "PRO-03.a"), case(2, "PRO-04.a")]
    assert chosen(candidates, concepts={"PRO-03.a": practised(2, days_ago=1), "PRO-04.a": practised(2, days_ago=5)}) == 2


def test_unseen_cases_come_before_repeats_even_of_less_practised_concepts() -> None:
    candidates = [case(1, "PRO-03.a"), case(2, "PRO-04.a")]
    history = History(answered_at={1: NOW}, concepts={"PRO-03.a": practised(1), "PRO-04.a": practised(9)})
    assert choose(candidates, history) == Choice(2, is_repeat=False)


def test_skipped_cases_come_after_unseen_ones_and_before_repeats() -> None:
    candidates = [case(1), case(2), case(3)]
    assert chosen(candidates, skipped=frozenset({1}), answered_at={2: NOW}) == 3
    assert choose(candidates[:2], History(skipped=frozenset({1}), answered_at={2: NOW})) == Choice(1, is_repeat=False)


def test_when_all_is_seen_the_case_answered_longest_ago_comes_again_and_is_marked() -> None:
    candidates = [case(1), case(2)]
    history = History(answered_at={1: NOW, 2: NOW - timedelta(days=2)}, concepts={"PRO-03.a": practised(2)})
    assert choose(candidates, history) == Choice(2, is_repeat=True)


def test_clear_cases_come_first_within_a_concept() -> None:
    candidates = [case(1, difficulty=Difficulty.BORDERLINE), case(2, difficulty=Difficulty.TYPICAL), case(3, difficulty=Difficulty.CLEAR)]
    assert chosen(candidates) == 3


def test_look_alikes_of_the_last_cases_are_put_off() -> None:
    candidates = [case(1, family="fam-a", difficulty=Difficulty.CLEAR), case(2, family="fam-b", difficulty=Difficulty.BORDERLINE)]
    assert chosen(candidates, recent_families=("fam-a",)) == 2
    assert chosen(candidates[:1], recent_families=("fam-a",)) == 1


some_candidates = st.lists(
    st.builds(
        lambda case_id, concept, difficulty: case(case_id, concept, difficulty=difficulty),
        st.integers(1, 40),
        st.sampled_from(["PRO-03.a", "PRO-04.a", "CLM-01.a"]),
        st.sampled_from(Difficulty),
    ),
    unique_by=lambda candidate: candidate.case_id,
    min_size=1,
    max_size=20,
)


@given(some_candidates, st.frozensets(st.integers(1, 40)), st.frozensets(st.integers(1, 40)), st.randoms())
def test_the_same_state_gives_the_same_case_in_whatever_order_it_is_read(
    candidates: list[Candidate], answered: frozenset[int], skipped: frozenset[int], random: object
) -> None:
    history = History(answered_at=dict.fromkeys(answered, NOW), skipped=skipped)
    shuffled = list(candidates)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    choice = choose(candidates, history)
    assert choice == choose(shuffled, history)
    assert choice is not None
    assert choice.case_id in {candidate.case_id for candidate in candidates}
    assert choice.is_repeat is (choice.case_id in answered)
    if any(candidate.case_id not in answered for candidate in candidates):
        assert not choice.is_repeat


@given(some_candidates)
def test_practising_on_and_on_shows_every_case_once_before_any_twice(candidates: list[Candidate]) -> None:
    answered: dict[int, datetime] = {}
    concepts: dict[str, Practised] = {}
    by_id = {candidate.case_id: candidate for candidate in candidates}
    for turn in range(len(candidates)):
        choice = choose(candidates, History(answered_at=answered, concepts=concepts))
        assert choice is not None
        assert not choice.is_repeat
        now = NOW + timedelta(minutes=turn)
        concept = by_id[choice.case_id].concept
        answered[choice.case_id] = now
        concepts[concept] = Practised(concepts[concept].count + 1 if concept in concepts else 1, now)
    surveyed = {by_id[case_id].concept for case_id in list(answered)[: len({each.concept for each in candidates})]}
    assert surveyed == {candidate.concept for candidate in candidates}


def looks(*minutes_ago: float, severe: bool = False) -> list[Looked]:
    return [Looked(NOW - timedelta(minutes=minutes), severe) for minutes in minutes_ago]


@pytest.mark.parametrize(
    ("looked", "due"),
    [
        ([], False),
        (looks(1, 5, 10), False),
        (looks(1, 8, 15, 22, 25), True),
        (looks(1, 8, 15, 22, 24.9), False),
        (looks(1, 5, 16, 24, 30), False),
        (looks(11, 18, 25, 32), False),
        (looks(*range(1, 9), severe=True), True),
        (looks(*range(1, 8), severe=True), False),
        (looks(1, 2, 3, severe=True) + looks(14, 15, 16, 17, 18, severe=True), False),
    ],
)
def test_a_break_is_due_after_25_minutes_or_8_severe_cases_without_a_pause(looked: list[Looked], due: bool) -> None:
    assert is_break_due(looked, now=NOW) is due


@pytest.mark.parametrize(
    ("area", "is_severe", "is_blurring", "veil"),
    [
        ("FRD", True, True, Veil.PICTURES),
        ("HRM", True, True, Veil.EVERYTHING),
        ("SXM", True, True, Veil.EVERYTHING),
        ("HRM", False, True, Veil.NOTHING),
        ("HRM", True, False, Veil.NOTHING),
    ],
)
def test_what_is_veiled_depends_on_family_area_and_wish(area: str, is_severe: bool, is_blurring: bool, veil: Veil) -> None:
    assert veil_over(area, is_severe=is_severe, is_blurring=is_blurring) is veil


def test_a_scope_names_what_is_practised_and_says_its_areas() -> None:
    assert scope_name() == "all"
    assert scope_name(["PRO", "IPR", "PRO"]) == "areas:IPR+PRO"
    assert areas_of_scope("areas:IPR+PRO") == ("IPR", "PRO")
    assert areas_of_scope("all") == ()
    assert scope_name(check="check-one") == "check:check-one"
    assert areas_of_scope("check:check-one") == ()
