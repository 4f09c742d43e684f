"""Chances over several tries."""


def in_all_tries(chance: float, tries: int) -> float:
    """The chance of passing at least once in independent tries."""
    return 1.0 - (1.0 - chance) ** tries
