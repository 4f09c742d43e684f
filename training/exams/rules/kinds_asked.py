"""Which kinds of items a blueprint asks for, as its quotas say without a look at any bank."""

from training.exams.rules.blueprint import Blueprint, Condition, ItemKind

EARNED_BY_DEGREES = frozenset({ItemKind.REPLY, ItemKind.TYPING})
"""What is done well or badly and not just right or wrong: a share of right answers says nothing about it."""


def kinds_asked(blueprint: Blueprint) -> frozenset[ItemKind]:
    """The kinds that a form may hold among what counts: all but those that a quota keeps out, and those for which the other quotas leave no place."""
    least = {kind: _least(blueprint, kind) for kind in ItemKind}
    is_room_left = blueprint.item_count > sum(least.values())
    return frozenset(kind for kind in ItemKind if (is_room_left or least[kind]) and not _is_kept_out(blueprint, kind))


def _is_kept_out(blueprint: Blueprint, kind: ItemKind) -> bool:
    return any(cell.conditions == ((Condition.KIND, kind.value),) and not cell.maximum for cell in blueprint.cells)


def _least(blueprint: Blueprint, kind: ItemKind) -> int:
    """How many items of this kind every form holds at least: quotas that differ in one condition ask for different items."""
    own = [cell for cell in blueprint.cells if (Condition.KIND, kind.value) in cell.conditions]
    found = 0
    for condition in Condition:
        asked: dict[str, int] = {}
        for cell in own:
            value = dict(cell.conditions).get(condition)
            if value is not None:
                asked[value] = max(asked.get(value, 0), cell.minimum)
        found = max(found, sum(asked.values()))
    return found
