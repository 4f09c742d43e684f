"""What a term of a certification may spend on sequential tries: its chance of a false pass, in equal shares, never reset."""

MOST_TRIES = 3


def share_of(alpha: float) -> float:
    """The chance of a false pass that one try of a term may have."""
    return alpha / MOST_TRIES


def next_try(spent: int) -> int | None:
    """The number of the next sequential try of a term in which so many were started; nothing where all are spent."""
    return spent + 1 if spent < MOST_TRIES else None
