"""Which documents exams may ask: nobody is shown their texts who does not say first that they open them."""

import re

from training.content_store.rules.kinds import Kind

_PRACTICE = re.compile(r"^pool:[ \t]*[\"']?practice\b", re.MULTILINE)


def may_be_examined(kind: Kind, text: str) -> bool:
    """Whether somebody may be asked this in an exam: every item, and every case that does not say that it is practised."""
    return kind is Kind.ITEM or (kind is Kind.CASE and _PRACTICE.search(text) is None)
