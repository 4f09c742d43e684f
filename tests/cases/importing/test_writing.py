from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cases.factories import case_values
from training.cases.documents import CaseDocument
from training.cases.importing.writing import case_text, yaml_text
from training.cases.rules import Surface
from training.documents.yaml_reading import read_yaml


@pytest.mark.parametrize("surface", Surface)
def test_a_case_of_every_surface_reads_as_it_was_written(surface: Surface) -> None:
    values = case_values(surface)
    document = CaseDocument.model_validate(values)
    read = read_yaml(case_text(document))
    assert read.troubles == () and read.value == values
    assert CaseDocument.model_validate(read.value) == document
    assert list(read.value) == [name for name in CaseDocument.model_fields if name in values]


def test_a_text_looks_as_people_write_it() -> None:
    values = {
        "id": "shop-1",
        "content": {"text": "one\ntwo 😀", "title": "it's 😀", "price": "Rp 5.000", "stars": 4},
        "reference": {"decisions": [["REMOVE", "STRIKE"], ["REMOVE"]], "clauses": ["PRO-01.a"], "escalate_to": None},
    }
    assert yaml_text(values) == (
        "id: shop-1\ncontent:\n  text: |-\n    one\n    two 😀\n  title: 'it''s 😀'\n  price: \"Rp 5.000\"\n  stars: 4\n"
        "reference:\n  decisions: [[REMOVE, STRIKE], [REMOVE]]\n  clauses: [PRO-01.a]\n  escalate_to: null\n"
    )


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40) | st.sampled_from(
    [
        "on",
        "no",
        "0:04",
        "1_000",
        "1.5e10",
        "2026-01-31",
        "~",
        "null",
        "true",
        "012",
        "- a",
        "a: b",
        "#x",
        "| x",
        " lead",
        "tail ",
        "a\n b\n",
        "😀 x",
        "'😀",
        " 😀",
        "😀\n\n😀 ",
        "\ta",
        "x\n\ny",
        "é\u2028é",
    ]
)
VALUES: Any = st.recursive(
    TEXTS | st.integers(0, 99) | st.booleans() | st.none(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_whatever_is_written_reads_the_same(values: dict[str, Any]) -> None:
    assert read_yaml(yaml_text(values)).value == values
