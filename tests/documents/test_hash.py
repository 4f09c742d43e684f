"""A document's hash says what the document says, and nothing else."""

from training.documents import Document, Part


class Rule(Part):
    """A part with a field that may be left out."""

    percent: int
    misses_allowed: int = 0


class Before(Document):
    """A document as it was."""

    id: str
    rule: Rule


class LaterRule(Rule):
    """The same part, which has learned something since."""

    innocent_percent: int | None = None


class Later(Before):
    """The same document, which has learned something since."""

    rule: LaterRule
    breaks: tuple[int, ...] = ()


def test_the_hash_tells_apart_what_is_said_and_not_how() -> None:
    one = Before.model_validate({"id": "exam", "rule": {"percent": 80}})
    assert one.content_hash() == Before.model_validate({"rule": {"misses_allowed": 0, "percent": 80}, "id": "exam"}).content_hash()
    assert one.content_hash() != Before.model_validate({"id": "exam", "rule": {"percent": 80, "misses_allowed": 1}}).content_hash()


def test_what_documents_learn_to_say_changes_none_that_was_written_before() -> None:
    written = {"id": "exam", "rule": {"percent": 80}}
    assert Before.model_validate(written).content_hash() == Later.model_validate(written).content_hash()
    assert Later.model_validate(written | {"breaks": [5]}).content_hash() != Later.model_validate(written).content_hash()
