"""What a practice set may say."""

from typing import Any

import pytest
from pydantic import ValidationError

from training.practice.documents import CheckDocument

CHECK: dict[str, Any] = {"id": "check-one", "title": "One", "cases": ["case-a", "case-b"], "pass_count": 1}


def test_a_check_is_read() -> None:
    assert CheckDocument.model_validate(CHECK).cases == ["case-a", "case-b"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": "Check"}, "pattern"),
        ({"title": ""}, "at least 1 character"),
        ({"cases": []}, "at least 1 item"),
        ({"cases": ["case-a", "case-a"]}, "names a case twice"),
        ({"pass_count": 0}, "greater than or equal to 1"),
        ({"pass_count": 3}, "pass_count is 3, but there are only 2 cases"),
        ({"colour": "red"}, "Extra inputs are not permitted"),
    ],
)
def test_a_check_that_contradicts_itself_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        CheckDocument.model_validate(CHECK | changes)
