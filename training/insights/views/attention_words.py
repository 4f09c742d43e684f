"""What each line of the attention list says in words, and the page that mends it."""

from collections.abc import Callable, Mapping
from math import exp, floor, log, log10
from typing import Any

from flask import url_for

from training.insights.rules.attention import AttentionRefusal, Concern, Finding
from training.web.formatting import language_name, number_text, percent_text
from training.web.wording import give_words

Figures = Mapping[str, Any]
MOST_TOLD = log(1_000_000)
"""Beyond this a likelihood ratio says no more than that it is large."""

CONCERN_WORDS = {
    Concern.WRONG_KEY: ("Probable wrong key", "bad"),
    Concern.CLAUSE_CHANGED: ("Clause changed", "bad"),
    Concern.DISPUTED: ("Disputed often", "warn"),
    Concern.RUNNING_DRY: ("About to run dry", "warn"),
    Concern.NO_SPREAD: ("All right or all wrong", "warn"),
    Concern.TRANSLATIONS: ("Languages differ", "warn"),
    Concern.OVEREXPOSED: ("On too many forms", "warn"),
    Concern.LOOKALIKES: ("Look-alikes", "info"),
    Concern.DEAD_DISTRACTORS: ("Answers nobody takes", "info"),
    Concern.FEW_LABELS: ("Too few labels", "info"),
}
"""Each with its tone."""
MENDING = {
    Concern.WRONG_KEY: ("exams.item_analysis", ("slug",), "Look at the item"),
    Concern.CLAUSE_CHANGED: ("policy_changes.held", ("slug", "version"), "Compare it with the rule"),
    Concern.DISPUTED: ("disputes.dispute", ("public_id",), "Read the last dispute"),
    Concern.RUNNING_DRY: ("exams.exam_blueprint", ("slug",), "See the blueprint"),
    Concern.NO_SPREAD: ("exams.item_analysis", ("slug",), "Look at the item"),
    Concern.TRANSLATIONS: ("exams.item_analysis", ("slug",), "Look at the item"),
    Concern.OVEREXPOSED: ("exams.item_analysis", ("slug",), "Look at the item"),
    Concern.LOOKALIKES: ("exams.item_analysis", ("slug",), "Look at the item"),
    Concern.DEAD_DISTRACTORS: ("exams.item_analysis", ("slug",), "Look at the item"),
    Concern.FEW_LABELS: ("quality.new_calibration", (), "Call a calibration"),
}
"""The page that mends it, by what it is addressed, and what the link says."""
CASE_LABELS = ("authoring.case_labels", ("slug",), "Ask for blind labels")
"""The same of a single case that too few labelled."""
BANK = ("exams.exam_blueprint", ("slug",), "See what the bank holds")
"""The same of an exam whose bank is too small to spread its items."""

give_words(
    {
        AttentionRefusal.GONE: "This needs no look any more. The list shows what does.",
        AttentionRefusal.CHANGED: "It changed since you saw it. Read its figure on the list, then put it aside if you still want to.",
        AttentionRefusal.NOT_ASIDE: "It is on the list already: a colleague brought it back.",
    }
)


def figure_text(finding: Finding) -> str:
    """The figure of a line, in words that tell no key."""
    return _SAID[finding.concern](finding.figures)


def subject_text(finding: Finding, areas: Mapping[str, str]) -> str:
    """What a line is about: items and cases by their ids, a quota with its exam."""
    told = finding.figures
    if not finding.names and "exam" in told:
        return str(told["exam"])
    return areas.get(str(told["area"]), str(told["area"])) if "area" in told else " · ".join(finding.names)


def mending(finding: Finding) -> tuple[str, str]:
    """The address of the page that mends it, and what the link to it says."""
    endpoint, names, words = _mending(finding)
    if len(names) != len(finding.leads_to):
        return url_for("policy_changes.index"), "See the changes"
    values: dict[str, Any] = dict(zip(names, finding.leads_to, strict=True))
    return url_for(endpoint, **values), words


def _mending(finding: Finding) -> tuple[str, tuple[str, ...], str]:
    if finding.concern is Concern.FEW_LABELS and finding.leads_to:
        return CASE_LABELS
    return BANK if finding.concern is Concern.OVEREXPOSED and not finding.names else MENDING[finding.concern]


def _plural(count: Any, one: str, many: str) -> str:
    return f"{number_text(count)} {one if count == 1 else many}"


def _wrong_key(told: Figures) -> str:
    return f"By {_plural(told['count'], 'answer', 'answers')} another one is {_times(told['ratio'])} as likely as the key to be the right one"


def _times(log_ratio: Any) -> str:
    """A natural logarithm of how many times likelier something is, in words: to two figures, for more it does not say."""
    if log_ratio > MOST_TOLD:
        return f"over {number_text(round(exp(MOST_TOLD)))} times"
    times = exp(log_ratio)
    return f"{number_text(round(times, 1 - floor(log10(times))))} times"


def _clause_changed(told: Figures) -> str:
    return f"Held since {told['rule']}: it cites {told['clauses']}" if told["rule"] else "Held: a rule that it cites is another"


def _disputed(told: Figures) -> str:
    people, disputes = _plural(told["claims"], "person", "people"), _plural(told["disputes"], "dispute", "disputes")
    return f"{people} called it wrong within a year, in {disputes}; it stood in {number_text(told['upheld'])}"


def _running_dry(told: Figures) -> str:
    forms = _plural(told["forms"], "form", "forms")
    return f"{told['cell']}: enough for {forms} ({number_text(told['held'])} in the bank, {number_text(told['needed'])} a form)"


def _no_spread(told: Figures) -> str:
    return f"{percent_text(told['share'])} right in {_plural(told['count'], 'answer', 'answers')}"


def _translations(told: Figures) -> str:
    one, other = (
        f"{language_name(str(told[language]))} {percent_text(told[share])}" for language, share in (("language", "share"), ("other_language", "other"))
    )
    return f"Right in {one}, in {other}"


def _overexposed(told: Figures) -> str:
    if "items" in told:
        items = _plural(told["items"], "item is", "items are")
        worth = _plural(told["worth"], "form", "forms")
        return f"{items} on up to {percent_text(told['share'])} of the forms; the bank is worth {worth}, and four are needed to spread them"
    return f"On {percent_text(told['share'])} of the forms of {told['exam']} ({number_text(told['forms'])} of {number_text(told['drawn'])})"


def _lookalikes(told: Figures) -> str:
    return f"{number_text(told['percent'])} % the same letters, and not of one family"


def _dead_distractors(told: Figures) -> str:
    return f"{number_text(told['dead'])} of {_plural(told['wrong'], 'wrong answer', 'wrong answers')} taken by fewer than 5 % of those who err"


def _few_labels(told: Figures) -> str:
    if "area" in told:
        return f"{number_text(told['without'])} of {_plural(told['cases'], 'practice case', 'practice cases')} labelled blind by nobody"
    return f"{number_text(told['labels'])} of {number_text(told['needed'])} blind labels"


_SAID: Mapping[Concern, Callable[[Figures], str]] = {
    Concern.WRONG_KEY: _wrong_key,
    Concern.CLAUSE_CHANGED: _clause_changed,
    Concern.DISPUTED: _disputed,
    Concern.RUNNING_DRY: _running_dry,
    Concern.NO_SPREAD: _no_spread,
    Concern.TRANSLATIONS: _translations,
    Concern.OVEREXPOSED: _overexposed,
    Concern.LOOKALIKES: _lookalikes,
    Concern.DEAD_DISTRACTORS: _dead_distractors,
    Concern.FEW_LABELS: _few_labels,
}
