"""What one version of an exam says of each of its items: from the sheet of its first attempts to what is kept of it."""

import numpy as np

from training.exams.rules.analysis.figures import ExamItem
from training.exams.rules.analysis.items import discrimination, moments
from training.exams.rules.analysis.sheet import Sheet, rest_proportions
from training.exams.rules.analysis.times import known_or_none, known_times, quantiles


def exam_items(sheet: Sheet) -> tuple[ExamItem, ...]:
    """A line for each item version that was on a form, by its id."""
    found = moments(sheet, rest_proportions(sheet))
    lower, middle, upper, _ = quantiles(sheet, known_times(sheet)).T
    columns = np.stack([found.mean, discrimination(found), lower, middle, upper], axis=1).tolist()
    whole = zip(
        sheet.version_ids.tolist(),
        found.count.astype(int).tolist(),
        (sheet.per_item(sheet.is_counted) > 0).tolist(),
        sheet.per_item(sheet.is_blank).tolist(),
        strict=True,
    )
    return tuple(
        ExamItem(version, count, is_counted, mean, int(blank), *map(known_or_none, (correlation, lower, middle, upper)))
        for (version, count, is_counted, blank), (mean, correlation, lower, middle, upper) in zip(whole, columns, strict=True)
    )
