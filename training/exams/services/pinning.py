"""Pinning items to the places of a form."""

from collections.abc import Sequence

from training.exams import queries
from training.exams.models import Attempt, ItemVersion
from training.exams.queries import PinnedPlace
from training.exams.rules.drawing import shown_order


def pin_versions(attempt: Attempt, places: Sequence[tuple[int, bool]], *, after: int = 0) -> None:
    """Put these item versions, and whether each is on trial, on the places of a form that follow this one, each with its options in their own order."""
    versions = queries.item_versions([version_id for version_id, _ in places])
    numbered = enumerate(places, start=after + 1)
    queries.pin_places(attempt.id, [pinned(versions[version_id], position, attempt.seed, is_pilot=is_pilot) for position, (version_id, is_pilot) in numbered])


def pinned(version: ItemVersion, position: int, seed: int, *, is_pilot: bool) -> PinnedPlace:
    """The place with its options or steps in the order in which they are shown there."""
    written, are_steps = version.document.get("options") or version.document.get("steps", ()), bool(version.document.get("steps"))
    order = shown_order([option["id"] for option in written], seed, position, never_as_written=are_steps) if written else ()
    return PinnedPlace(position, version, tuple(order), is_pilot)
