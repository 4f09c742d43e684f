"""Where charts put what they are given, and that nothing lies outside the drawing."""

from itertools import pairwise

import pytest

from training.web.charts import (
    HEIGHT,
    LEFT,
    RIGHT,
    SHARES,
    STYLES,
    TOP,
    WIDTH,
    Axis,
    Reference,
    Series,
    Value,
    columns,
    counts,
    curves,
    intervals,
    outline,
    shares,
    shares_between,
)


def test_columns_are_as_high_as_their_values_and_stand_side_by_side() -> None:
    chart = columns([2, 0, 4], shares("of the points"), "attempts")
    low, high = chart.bars
    assert (low.height, high.height) == (HEIGHT / 2, HEIGHT), "nothing is drawn of a column of none"
    assert [bar.words for bar in chart.bars] == ["2", "4"]
    assert low.y + low.height == high.y + high.height == TOP + HEIGHT
    assert high.x - low.x == pytest.approx(2 * (WIDTH - RIGHT - LEFT) / 3)


def test_a_mark_stands_at_its_value_with_its_words_inside_the_drawing() -> None:
    [early], [late] = (columns([1], SHARES, "", mark=Reference(value, "needed")).marks for value in (0.1, 0.9))
    assert early.line[0] == pytest.approx(LEFT + 0.1 * (WIDTH - RIGHT - LEFT), abs=0.05)
    assert (early.anchor, late.anchor) == ("start", "end")


@pytest.mark.parametrize(
    ("most", "named"), [(0, ["0", "1"]), (3, ["0", "1", "2", "3"]), (7, ["0", "2", "4", "6", "8"]), (4_100, ["0", "2,000", "4,000", "6,000"])]
)
def test_counts_are_named_in_round_steps_up_to_the_highest(most: int, named: list[str]) -> None:
    assert [words for _, words in counts(most, "").ticks] == named


@pytest.mark.parametrize(
    ("lowest", "highest", "named"),
    [(0.62, 0.91, ["60 %", "70 %", "80 %", "90 %", "100 %"]), (0.05, 0.95, ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]), (0.5, 0.5, ["50 %", "60 %"])],
)
def test_an_axis_reaches_as_far_as_its_shares_do(lowest: float, highest: float, named: list[str]) -> None:
    axis = shares_between(lowest, highest, "")
    assert [words for _, words in axis.ticks] == named
    assert axis.low <= lowest <= highest <= axis.high


def test_curves_rise_where_their_values_do_and_have_their_intervals() -> None:
    chart = curves([Series("Right", (Value(0.2, 0.4, (0.3, 0.5)), Value(0.8, 0.9, (0.8, 1.0))))], SHARES, SHARES, level=Reference(0.25, "by guessing"))
    first, last = chart.lines[0].points
    assert first.x < last.x and first.y > last.y
    assert last.limits is not None
    assert (last.limits[0], last.limits[2]) == (last.x, last.x)
    assert last.limits[3] == TOP, "the highest share is at the top"
    assert chart.marks[0].line[1] == TOP + 0.75 * HEIGHT


def test_lines_are_told_apart_by_more_than_colour() -> None:
    assert len({outline(style, 0, 0) for style in range(STYLES)}) == STYLES
    chart = curves([Series(name, (Value(0.5, 0.5),)) for name in "abcdef"], SHARES, SHARES)
    assert [line.style for line in chart.lines] == list(range(STYLES))


def test_short_names_stand_at_the_ends_of_their_lines_and_never_over_each_other() -> None:
    chart = curves(
        [Series(name, (Value(0.1, 0.5), Value(0.9, height))) for name, height in zip("abcde", (0.02, 0.03, 0.9, 0.91, 0.02), strict=True)], SHARES, SHARES
    )
    ends = sorted(line.end[1] for line in chart.lines if line.end)
    assert len(ends) == 5
    assert all(below - above >= 14 for above, below in pairwise(ends))
    assert all(0 < end < chart.height for end in ends)
    long = curves([Series(name, (Value(0.5, 0.5),)) for name in ("One try", "3 tries")], SHARES, SHARES)
    assert [line.end for line in long.lines] == [None, None]


def test_intervals_have_a_row_each_and_end_at_the_edge_of_the_axis() -> None:
    chart = intervals(
        [("PRO", -3.0, -0.5, 0.2), ("FRD", 0.1, 0.4, 5.0)], Axis(-2, 2, ((-2, "−2"), (2, "+2"))), mark=Reference(0, "← over · under →", is_centred=True)
    )
    below, above = (line.points[0] for line in chart.lines)
    assert above.y > below.y
    assert below.limits is not None and above.limits is not None
    assert (below.limits[0], above.limits[2]) == (62.0, WIDTH - 20)
    assert chart.marks[0].anchor == "middle"


def test_long_names_stand_above_their_rows_and_are_cut() -> None:
    chart = intervals([("item-" + "x" * 60, 0.1, 0.2, 0.3)], SHARES)
    named = next(tick for tick in chart.ticks if tick.words.startswith("item-"))
    assert len(named.words) == 42 and named.words.endswith("…")
    assert named.y < chart.lines[0].points[0].y


def test_what_is_named_at_the_edge_stays_inside() -> None:
    chart = curves([Series("Right", (Value(0.5, 0.5),))], SHARES, SHARES)
    last = next(tick for tick in chart.ticks if tick.words == "100 %" and tick.anchor == "end" and tick.x > LEFT)
    assert last.x < WIDTH


def test_nothing_to_draw_is_an_empty_drawing() -> None:
    assert columns([], SHARES, "").bars == ()
    assert curves([Series("Right", ())], SHARES, SHARES).lines[0].points == ()


def test_the_first_named_value_of_intervals_is_not_cut_off():
    chart = intervals([("A name of more than seven letters", 0.55, 0.6, 0.7)], shares_between(0.55, 0.7, "share"))
    assert chart.ticks[0].words == "50 %"
    assert (chart.ticks[0].x, chart.ticks[0].anchor) == (4, "start")
