import pytest

from training.exams.rules.integrity.speed import Given, answer_seconds, least_reading_seconds, rapid_limit, rapid_places, word_count

CLOCK = 1_795_000_000_000


def by_clock(position: int, milliseconds: int, received: float = 0.0) -> Given:
    return Given(position, "tab", CLOCK + milliseconds, received)


def test_an_answer_took_as_long_as_the_browsers_clock_says_also_when_all_arrive_at_once() -> None:
    given = [by_clock(1, 0, 900), by_clock(2, 31_500, 900.1), by_clock(3, 32_500, 900.2)]
    assert answer_seconds(given) == {2: 31.5, 3: 1.0}


def test_a_browser_that_counts_is_timed_by_arrival() -> None:
    assert answer_seconds([Given(1, "page-1", 1, 40.0), Given(2, "page-1", 2, 41.5)]) == {2: 1.5}


def test_only_the_first_answer_to_a_question_is_timed() -> None:
    given = [by_clock(1, 0), by_clock(2, 30_000), by_clock(1, 30_500), by_clock(2, 31_000)]
    assert answer_seconds(given) == {2: 30.0}


def test_what_no_clock_can_tell_is_left_out() -> None:
    assert answer_seconds([by_clock(1, 0), by_clock(2, 4 * 3_600_000)]) == {}
    assert answer_seconds([Given(1, "tab", CLOCK, 0), Given(2, "phone", CLOCK + 500, 0)]) == {}
    assert answer_seconds([Given(1, "page-1", 1, 40.0), Given(2, "page-1", 2, 39.0)]) == {}


@pytest.mark.parametrize(("others", "limit"), [([], 2.0), ([60.0] * 9, 2.0), ([60.0] * 10, 6.0), ([5.0] * 10, 2.0), ([10.0] * 5 + [50.0] * 5, 3.0)])
def test_rapid_is_under_two_seconds_or_a_tenth_of_the_median_of_enough_others(others: list[float], limit: float) -> None:
    assert rapid_limit(others) == pytest.approx(limit)


def test_a_place_is_rapid_below_its_own_limit() -> None:
    assert rapid_places({1: 1.9, 2: 5.9, 3: 6.0, 4: 2.0}, {2: 6.0, 3: 6.0}) == (1, 2)


@pytest.mark.parametrize(("text", "count"), [("", 0), ("Remove it, and strike.", 4), ("ลบออก", 2), ("这个商品违规", 3), ("Bitte 删除 now", 3)])
def test_words_are_counted_in_every_script(text: str, count: int) -> None:
    assert word_count(text) == count


def test_nobody_reads_more_than_600_words_a_minute() -> None:
    assert least_reading_seconds(600) == 60
