"""Whether somebody errs more often than is acceptable: evidence that may be looked at after every audit.

An e-process of Beta mixtures (Ville 1939; Howard, Ramdas, McAuliffe & Sekhon 2021): whoever errs exactly as often as is acceptable, or less, reaches
1/α with a chance of at most α, however often anybody looks. A rule such as "8 errors in any 50" suspends 92 % of them in the long run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import exp, fsum, lgamma, log, log1p


@dataclass(frozen=True, slots=True)
class Standard:
    """What errors are acceptable, and how sure one must be of more before anybody is proposed for suspension."""

    acceptable_error: float = 0.08
    """A share of decisions."""
    risk: float = 0.01
    """The chance, per term of a certificate, that somebody acceptable is ever proposed."""
    prior_errors: int = 1
    prior_rights: int = 4
    """The mixture: Beta(1, 4), cut off below what is acceptable."""

    @property
    def threshold(self) -> float:
        """The logarithm of the evidence at which a suspension is proposed."""
        return -log(self.risk)


STANDARD = Standard()


def log_evidence(audit_count: int, error_count: int, standard: Standard = STANDARD) -> float:
    """The logarithm of the evidence E against an acceptable error rate, after so many random audits with so many errors.

    ln E = ln B(a+k, b+n−k) + ln(1−I_e0(a+k, b+n−k)) − ln B(a, b) − ln(1−I_e0(a, b)) − k ln e0 − (n−k) ln(1−e0) (MEASUREMENT §8). It depends on the
    counts alone. Raises ValueError where they cannot be.
    """
    if not 0 <= error_count <= audit_count:
        raise ValueError(f"{error_count} errors in {audit_count} audits cannot be")
    right_count, acceptable = audit_count - error_count, standard.acceptable_error
    likelihood = error_count * log(acceptable) + right_count * log1p(-acceptable)
    after = _log_mass(standard.prior_errors + error_count, standard.prior_rights + right_count, acceptable)
    return after - _log_mass(standard.prior_errors, standard.prior_rights, acceptable) - likelihood


def _log_mass(errors: int, rights: int, acceptable: float) -> float:
    """ln B(a, b) + ln P(Beta(a, b) > e0), for whole a and b."""
    return lgamma(errors) + lgamma(rights) - lgamma(errors + rights) + _log_survival(errors, rights, acceptable)


def _log_survival(errors: int, rights: int, acceptable: float) -> float:
    """ln P(Beta(a, b) > x): that of a binomial count of a+b−1 trials at x staying below a (Abramowitz & Stegun 26.5.24), which never underflows."""
    terms = list(islice(_log_binomial(errors + rights - 1, acceptable), errors))
    largest = max(terms)
    return largest + log(fsum(exp(term - largest) for term in terms))


def _log_binomial(trials: int, chance: float) -> Iterator[float]:
    """The logarithm of the chance of 0, 1, 2, … of so many trials."""
    odds, term = log(chance) - log1p(-chance), trials * log1p(-chance)
    for count in range(trials + 1):
        yield term
        if count < trials:
            term += log(trials - count) - log(count + 1) + odds
