"""How sure a few answers make us of somebody's true share of right ones."""

from scipy.special import betaincc


def chance_above(right: int, count: int, cut: float) -> float:
    """P(true share ≥ cut) after `right` of `count`, under Jeffreys' prior Beta(½, ½): 1 − I_cut(right + ½, count − right + ½)."""
    return float(betaincc(right + 0.5, count - right + 0.5, cut))


def largest_miss_rate(count: int, confidence: float = 0.95) -> float:
    """What `count` critical items without a miss prove: the true miss rate is below 1 − (1 − confidence)^(1/count) at this confidence (Clopper–Pearson)."""
    return 1 - (1 - confidence) ** (1 / count) if count else 1.0
