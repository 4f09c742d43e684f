"""Dawid–Skene by the example of 1979, by an outcome that can be reckoned by hand, and at its edges."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.judgements.rules import GivenLabel, dawid_skene

DAWID_SKENE_1979 = (
    "1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343 1111111 2223212 1211111 "
    "1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222 1111111 1111111 2322222 1111111 1111111 1121121 "
    "1111111 3333233 1111111 2222222 2223232 4334343 2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222"
).split()
"""Table 1: what five anaesthetists said of 45 patients, the first of them three times."""
RATERS = "1112345"


def panel(rows: list[str], raters: str) -> list[GivenLabel]:
    return [GivenLabel(str(item), rater, category) for item, row in enumerate(rows, start=1) for rater, category in zip(raters, row, strict=True)]


def test_the_example_of_1979() -> None:
    found = dawid_skene(panel(DAWID_SKENE_1979, RATERS))
    assert found is not None
    assert [round(share, 2) for share in found.prevalence.values()] == [0.40, 0.42, 0.11, 0.07], "as printed in the paper"
    assert found.log_likelihood == pytest.approx(-192.890881, abs=5e-7)
    first = {pair: round(chance, 2) for pair, chance in found.confusions["1"].items() if chance > 0.005}
    assert first == {
        ("1", "1"): 0.89,
        ("1", "2"): 0.11,
        ("2", "1"): 0.07,
        ("2", "2"): 0.88,
        ("2", "3"): 0.05,
        ("3", "2"): 0.34,
        ("3", "3"): 0.66,
        ("4", "3"): 0.56,
        ("4", "4"): 0.44,
    }, "as printed in the paper"
    assert found.posteriors["7"]["1"] == pytest.approx(0.981020, abs=5e-7)
    assert found.posteriors["3"]["2"] == pytest.approx(1.0, abs=5e-7)


def test_made_up_answers_keep_a_few_labels_from_saying_everything() -> None:
    """Four items and three raters, the third of whom contradicts: reckoned independently, one made-up answer a category spread over two."""
    found = dawid_skene(panel(["aab", "aaa", "bba", "bbb"], "123"))
    assert found is not None
    assert {item: round(shares["a"], 6) for item, shares in found.posteriors.items()} == {"1": 0.933006, "2": 0.933006, "3": 0.066994, "4": 0.066994}
    assert all(0 < chance < 1 for row in found.confusions.values() for chance in row.values())


@pytest.mark.parametrize(("raters", "is_said"), [("12", False), ("11", False), ("123", True), ("1123", True)])
def test_under_three_raters_nothing_is_said(raters: str, is_said: bool) -> None:
    assert (dawid_skene(panel(["a" * len(raters)], raters)) is not None) is is_said


def test_who_is_often_wrong_weighs_less_than_who_is_right() -> None:
    """Two careful raters against three who toss coins in step with nobody."""
    truth = "ab" * 40
    coins = ["abba" * 20, "aabb" * 20, "baab" * 20]
    rows = ["".join((truth[place], truth[place], *(coin[place] for coin in coins))) for place in range(80)]
    found = dawid_skene(panel(rows, "12345"))
    assert found is not None
    assert [max(found.posteriors[str(place + 1)].items(), key=lambda each: each[1])[0] for place in range(80)] == list(truth)
    careful, tossing = found.confusions["1"], found.confusions["3"]
    assert min(careful["a", "a"], careful["b", "b"]) > 0.95
    assert max(tossing["a", "a"], tossing["b", "b"]) < 0.6


LABELS = st.lists(st.builds(GivenLabel, st.sampled_from("uvwxyz"), st.sampled_from("1234"), st.sampled_from("abc")), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(LABELS)
def test_whatever_was_said_posteriors_are_probabilities(labels: list[GivenLabel]) -> None:
    found = dawid_skene(labels)
    if found is None:
        assert len({label.rater for label in labels}) < 3
        return
    assert set(found.posteriors) == {label.item for label in labels}
    for shares in [*found.posteriors.values(), found.prevalence]:
        assert sum(shares.values()) == pytest.approx(1)
        assert min(shares.values()) >= 0
