"""What holds for answers of every kind: the order in which things are shown or said never matters, and a better answer never scores less.

Of choices with partial credit, of evidence and of pictures more is held beside their rules; of cases in `tests/judgements/rules/test_scoring.py`.
"""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from training.exams.rules.blueprint import ItemKind
from training.exams.rules.grading import Mark
from training.exams.rules.marking import Marked, Question, marked
from training.exams.rules.reply_marks import credit_of, marked_reply
from training.exams.rules.short_answers import decimal_mark

LETTERS = "abcde"
WORTH = {Mark.CRITICAL_MISS: -1.0, Mark.BLANK: 0.0, Mark.WRONG: 0.0, Mark.RIGHT: 1.0}
seeds = st.integers(0, 2**32)


def worth(given_: Marked) -> float:
    return given_.credit if given_.mark is Mark.PARTIAL else WORTH[given_.mark]


def shuffled(values: Sequence[str], seed: int) -> list[str]:
    order = list(values)
    Random(seed).shuffle(order)
    return order


def choice(kind: ItemKind, key: set[str], critical: set[str], order: Sequence[str], scoring: str | None = None) -> Question:
    """A choice whose document lists its options in this order, too."""
    options = [{"id": letter, "correct": letter in key, "critical": letter in critical} for letter in order]
    return Question(kind, {"options": options, "scoring": scoring}, order)


def picked(question: Question, letters: set[str]) -> Marked:
    return marked(question, {"options": [list(question.option_order).index(letter) + 1 for letter in sorted(letters)]})


@given(st.sampled_from(LETTERS), st.sampled_from(LETTERS), st.sets(st.sampled_from(LETTERS)), seeds)
def test_the_order_of_the_options_of_a_single_choice_never_matters(key: str, chosen: str, critical: set[str], seed: int) -> None:
    plain, other = (choice(ItemKind.SINGLE, {key}, critical - {key}, order) for order in (LETTERS, shuffled(LETTERS, seed)))
    assert picked(plain, {chosen}) == picked(other, {chosen})
    assert worth(picked(plain, {key})) >= worth(picked(plain, {chosen}))


@given(
    st.sets(st.sampled_from(LETTERS), min_size=1),
    st.sets(st.sampled_from(LETTERS)),
    st.sets(st.sampled_from(LETTERS)),
    st.sampled_from(LETTERS),
    st.sampled_from([None, "partial"]),
)
def test_one_right_option_more_or_one_wrong_one_less_never_scores_less(
    key: set[str], critical: set[str], chosen: set[str], letter: str, scoring: str | None
) -> None:
    question = choice(ItemKind.MULTIPLE, key, critical - key, LETTERS, scoring)
    better = chosen | {letter} if letter in key else chosen - {letter}
    assert worth(picked(question, better)) >= worth(picked(question, chosen))
    assert picked(question, better) == picked(choice(ItemKind.MULTIPLE, key, critical - key, LETTERS[::-1], scoring), better)


@given(st.permutations(LETTERS), st.permutations(LETTERS), seeds)
def test_the_order_in_which_steps_are_shown_never_matters(said: list[str], shown: list[str], seed: int) -> None:
    def marked_as_shown(order: Sequence[str]) -> Marked:
        question = Question(ItemKind.ORDERING, {"steps": [{"id": letter, "text": letter} for letter in LETTERS]}, order)
        return marked(question, {"order": [list(order).index(letter) + 1 for letter in said]})

    assert marked_as_shown(shown) == marked_as_shown(shuffled(shown, seed))
    assert marked_as_shown(shown).mark is (Mark.RIGHT if said == list(LETTERS) else Mark.WRONG)


numbers = st.decimals(-10_000, 10_000, places=2)


@given(numbers, numbers, numbers, st.decimals(0, 100, places=2), st.sampled_from(["en", "id"]))
def test_a_number_nearer_to_the_right_one_never_scores_less(right: Decimal, one: Decimal, other: Decimal, tolerance: Decimal, language: str) -> None:
    question = Question(ItemKind.SHORT, {"language": language, "answer": {"number": str(right), "tolerance": str(tolerance)}})
    nearer, farther = sorted((one, other), key=lambda number: abs(number - right))
    earned = [worth(marked(question, {"text": f"{number:f}".replace(".", decimal_mark(language))})) for number in (nearer, farther, right)]
    assert earned[0] >= earned[1]
    assert earned[2] == 1


@given(st.lists(st.text("abc xyz", min_size=1), min_size=1, max_size=4), st.text("abc xyz", min_size=1), seeds)
def test_the_order_of_accepted_texts_never_matters_and_one_more_never_takes_anything(texts: list[str], said: str, seed: int) -> None:
    assume(said.strip())

    def earned(accepted: list[str]) -> float:
        return worth(marked(Question(ItemKind.SHORT, {"language": "en", "answer": {"texts": accepted}}), {"text": said}))

    assert earned(texts) == earned(shuffled(texts, seed)) <= earned([*texts, said]) == 1


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)), min_size=1, max_size=4), st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)), min_size=1)
)
def test_the_order_of_marked_passages_never_matters_and_the_key_itself_is_right(key: list[tuple[int, int]], said: list[tuple[int, int]]) -> None:
    spans, ours = ([[start, start + length] for start, length in marks] for marks in (key, said))
    questions = [
        Question(ItemKind.EVIDENCE, {"evidence": {"marks": marks, "extent": [200], "needed_overlap": needed}})
        for needed in (0.25, 0.5, 1.0)
        for marks in (spans, spans[::-1])
    ]
    found = [(marked(question, {"marks": ours}), marked(question, {"marks": ours[::-1]})) for question in questions]
    assert all(plain == turned for plain, turned in found)
    assert [plain for plain, _ in found[::2]] == [plain for plain, _ in found[1::2]]
    assert all(marked(question, {"marks": spans}).mark is Mark.RIGHT for question in questions)


PASSAGE = "We have looked at your report again, and we took the offer down. Thank you for telling us."


@given(st.integers(1, 120), st.integers(1, 120), st.integers(0, len(PASSAGE) - 1), st.sampled_from([20, 40, 60]))
def test_typing_faster_or_with_an_error_less_never_scores_less(one: int, other: int, wrong: int, words_a_minute: int) -> None:
    document = {"typing": {"passage": PASSAGE, "seconds": 60, "words_a_minute": words_a_minute, "accuracy_percent": 99}}
    broken = PASSAGE[:wrong] + "#" + PASSAGE[wrong + 1 :]

    def earned(text: str, seconds: int) -> float:
        return worth(marked(Question(ItemKind.TYPING, document), {"text": text, "seconds": float(seconds)}))

    fast, slow = sorted((one, other))
    assert earned(PASSAGE, fast) >= earned(PASSAGE, slow)
    assert earned(PASSAGE, slow) >= earned(broken, slow)


points = st.lists(st.integers(0, 10), min_size=1, max_size=4)


@given(points, st.integers(0, 3), st.integers(0, 10))
def test_the_order_of_a_replys_marks_never_matters_and_a_better_one_never_earns_less(given_: list[int], which: int, more: int) -> None:
    place = which % len(given_)
    better = [*given_[:place], min(given_[place] + more, 10), *given_[place + 1 :]]
    assert credit_of(given_) == credit_of(given_[::-1]) == credit_of(sorted(given_))
    assert worth(marked_reply(better)) >= worth(marked_reply(given_))
