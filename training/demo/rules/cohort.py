"""A cohort of colleagues who came, sat the first exam and have left since: without answers an exam says nothing about its questions."""

from itertools import product

from training.demo.rules.cast import COHORT, Career, CastMember, Course, Study

GIVEN = ("Adi", "Bunga", "Cahya", "Dewi", "Eko", "Gita", "Hana", "Indra", "Joko", "Kartika")
FAMILY = ("Gunawan", "Halim", "Lestari", "Nasution", "Prasetyo", "Siregar", "Susanto", "Utami", "Wahyudi")
JOINED, LEFT = 232, 75
LEAST_ACCURACY, SPREAD = 0.70, 0.28


def _member(number: int, given: str, family: str) -> CastMember:
    """Sits within three weeks of joining; how often they are right differs from one to the next."""
    sat = JOINED - 8 - number % 12
    study = Study(Course.FIRST_QUEUE, ended=sat + 1, passed=sat)
    return CastMember(
        f"{given}.{family}".lower(),
        f"{given} {family}",
        COHORT,
        joined=JOINED,
        accuracy=LEAST_ACCURACY + SPREAD * (number * 7 % 90) / 90,
        career=Career(studies=(study,), left=LEFT),
    )


FORMER = tuple(_member(number, given, family) for number, (given, family) in enumerate(product(GIVEN, FAMILY)))
