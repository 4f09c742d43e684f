"""Six dated revisions of a real policy, written by others: a heading and what stands under it is a passage."""

import re
from itertools import pairwise

import pytest

from tests.corpora import CORPORA
from training.courses.rules.changes import ChangeKind, PassageText, changes_between, new_text, old_text

pytestmark = pytest.mark.corpora


def revisions() -> list[list[PassageText]]:
    return [passages(path.read_text(encoding="utf-8")) for path in sorted((CORPORA / "policy-history").glob("*.md"))]


def passages(text: str) -> list[PassageText]:
    """The policy has no ids: what stands under the n-th heading is the n-th passage."""
    parts = re.split(r"^(#+ .*)$", text, flags=re.MULTILINE)
    titled = zip(parts[1::2], parts[2::2], strict=True)
    return [PassageText(f"passage-{number}", title.lstrip("# "), body.strip(), False) for number, (title, body) in enumerate(titled)]


def test_applying_each_difference_gives_the_next_revision() -> None:
    known = revisions()
    assert len(known) == 6
    for old, new in pairwise(known):
        before = {passage.anchor: passage for passage in old}
        for change in changes_between(old, new):
            if change.kind is ChangeKind.CHANGED:
                after = next(passage for passage in new if passage.anchor == change.anchor)
                assert new_text(change.edits).endswith(after.text)
                assert old_text(change.edits).endswith(before[change.anchor].text)


def test_from_the_third_revision_to_the_fourth_only_levels_of_headings_change_and_not_a_word() -> None:
    _, _, third, fourth, *_ = revisions()
    assert changes_between(third, fourth) == ()
