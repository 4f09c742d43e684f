"""Items that ask nearly the same."""

from string import ascii_lowercase

from hypothesis import given
from hypothesis import strategies as st

from training.authoring.rules.alike import MOST_ALIKE, Asking, alike, asking_of

QUESTION = "A seller offers a kitchen knife with a blade of thirty centimetres in a listing for collectors. What do you do with it?"
OPTIONS = [{"text": "Remove it"}, {"text": "Approve it"}, {"text": "Escalate it to the risk team"}]
ITEM: dict[str, object] = {
    "id": "item-a",
    "family": "fam-a",
    "stem": QUESTION,
    "options": OPTIONS,
}


def of(**changed: object) -> Asking:
    return asking_of({**ITEM, "id": "item-b", "family": "fam-b", **changed})


def percents(*others: Asking) -> list[int]:
    return [each.percent for each in alike(asking_of(ITEM), others)]


def test_the_same_question_is_found_whatever_the_order_of_its_options_and_however_it_is_written() -> None:
    assert percents(of(options=list(reversed(OPTIONS)))) == [100]
    assert percents(of(stem=QUESTION.upper().replace(" ", "  "))) == [100]


def test_a_question_of_which_one_word_is_another_looks_alike_and_another_question_does_not() -> None:
    (percent,) = percents(of(stem=QUESTION.replace("kitchen", "butcher's")))
    assert 60 < percent < 100
    assert percents(of(stem="A buyer asks when the parcel comes.", options=[])) == []


def test_those_of_its_own_family_are_known_to_be_alike() -> None:
    assert percents(of(family="fam-a"), of(id="item-a")) == []
    assert percents(asking_of({**ITEM, "id": "item-b", "family": ""})) == [100]


def test_two_items_that_label_one_case_are_the_same_and_two_cases_are_not() -> None:
    one, same, other = (asking_of({"id": slug, "case": case}) for slug, case in (("a", "case-a"), ("b", "case-a"), ("c", "case-c")))
    assert [(each.asking.slug, each.percent) for each in alike(one, [same, other])] == [("b", 100)]


def test_items_that_say_nothing_yet_look_like_nothing() -> None:
    assert alike(asking_of({"id": "a", "stem": ""}), [asking_of({"id": "b", "options": [{"text": ""}]})]) == []
    assert alike(asking_of({"id": "a", "options": "no list", "steps": 3, "evidence": "text"}), [of()]) == []


def test_the_most_alike_come_first_and_no_more_than_a_few() -> None:
    others = [of(id=f"item-{letter}", stem=QUESTION + f" {letter} and so on" * (place % 3)) for place, letter in enumerate(ascii_lowercase[1:12])]
    found = alike(asking_of(ITEM), others)
    assert len(found) == MOST_ALIKE and [each.percent for each in found] == sorted((each.percent for each in found), reverse=True)


def test_an_excerpt_ends_at_a_word() -> None:
    assert of(stem="word " * 100).excerpt.endswith("word …") and len(of(stem="word " * 100).excerpt) < 130
    assert of(stem="One\n\ntwo").excerpt == "One two"


@given(st.text(), st.text())
def test_likeness_is_the_same_both_ways_and_whole_with_itself(one: str, other: str) -> None:
    first, second = of(id="a", stem=one, family=""), of(id="b", stem=other, family="")
    there, back = ([each.percent for each in alike(*pair)] for pair in ((first, [second]), (second, [first])))
    assert there == back and all(0 < percent <= 100 for percent in there)
    assert [each.percent for each in alike(first, [of(id="c", stem=one, family="")])] == [100]
