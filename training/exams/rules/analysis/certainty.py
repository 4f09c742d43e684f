"""How sure a few answers make us of somebody's true share of right ones."""

from scipy.special import betaincc


def chance_above(right: int, count: int, cut: float) -> float:
    """P(true share ≥ cut) after `right` of `count`, under Jeffreys' prior Beta(½, ½): 1 − I_cut(right + ½, count − right + ½)."""
    return float(betaincc(right + 0.5, count - right + 0.5, cut))
