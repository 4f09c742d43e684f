"""What the answer to a serving is given on: how the ledger of judgements and the servings know one another."""

PREFIX = "serving:"


def occasion_of(serving_id: int) -> str:
    """The occasion of an answer to this serving."""
    return f"{PREFIX}{serving_id}"


def serving_of_occasion(occasion: str) -> int:
    """The serving of such an occasion; what stands in for a judgement has the same one."""
    return int(occasion.removeprefix(PREFIX))
