"""The first pages: what the pack is about, how to check it, totals, and what queues required."""

from training.insights.documents import AccuracyFact, AnswerSource, RequirementsFact
from training.insights.rendering.paper import QR_SIDE, SOFT, Paper
from training.insights.rendering.sheet import Sheet, instant_words, share_words


def tell_summary(paper: Paper, sheet: Sheet) -> None:
    """What it is about, and how whoever holds it checks it."""
    words, about = paper.words, sheet.about
    paper.said(about.issuer.name, size=10, colour=SOFT, gap=1)
    paper.said(words["title"], size=22, style="B", gap=2)
    paper.said(_scope_words(paper, sheet), size=12, gap=4)
    top = paper.get_y()
    paper.code(about.address, at=top)
    paper.facts(
        [
            (words["number"], about.number),
            (words["made_at"], instant_words(about.made_at)),
            (words["people_told"], str(sheet.person_count)),
            (words["names"], words["with_names" if about.has_names else "without_names"]),
            (words["kept_at"], about.address),
            (words["file_hash"], sheet.sha256),
            (words["chain_head"], f"{sheet.head.position}:{sheet.head.hash}"),
        ],
        width=paper.epw - QR_SIDE - 4,
    )
    paper.set_y(max(paper.get_y(), top + QR_SIDE + 2))
    paper.said(words["how_to_check"], gap=3)


def _scope_words(paper: Paper, sheet: Sheet) -> str:
    facts, words = sheet.facts, paper.words
    whom = words[f"scope_{facts.scope.value}"].format(person=facts.person, queue=paper.titles.get(facts.queue or "", facts.queue))
    when = words["at"].format(at=instant_words(facts.at))
    if facts.since is not None:
        when = words["span"].format(since=instant_words(facts.since), at=instant_words(facts.at))
    team = f" {words['of_team'].format(team=facts.team)}" if facts.team else ""
    return f"{whom}{team}, {when}"


def tell_totals(paper: Paper, sheet: Sheet) -> None:
    """How many might work each queue, and how accurately people answer by language."""
    words, facts = paper.words, sheet.facts
    if facts.totals:
        paper.heading(words["totals"])
        rows = [(paper.titles.get(fact.queue, fact.queue), str(fact.allow_count), str(fact.shadow_count)) for fact in facts.totals]
        paper.rows([words["queue"], words["unsupervised"], words["in_shadow"]], [60, 20, 20], rows)
    if facts.languages:
        paper.heading(words["languages"])
        by_language = [(fact.language, str(fact.person_count), *accuracy_cells(paper, fact.accuracy)) for fact in facts.languages]
        paper.rows([words["language"], words["people"], *accuracy_headings(paper)], [14, 12, 26, 26, 26], by_language)


def accuracy_headings(paper: Paper) -> list[str]:
    """One heading for each kind of answers."""
    return [paper.words[f"source_{source.value}"] for source in AnswerSource]


def accuracy_cells(paper: Paper, facts: tuple[AccuracyFact, ...]) -> list[str]:
    """One cell for each kind of answers."""
    by_source = {fact.source: share_words(fact.right, fact.count, fact.low_per_10000, fact.high_per_10000) for fact in facts}
    return [by_source.get(source, paper.words["not_known"]) for source in AnswerSource]


def tell_queues(paper: Paper, sheet: Sheet) -> None:
    """What queues required."""
    words = paper.words
    if sheet.facts.queues:
        paper.heading(words["requirements"])
        rows = [
            (queue.title, str(version.number), instant_words(version.effective_from), _required(paper, version))
            for queue in sheet.facts.queues
            for version in queue.versions
        ]
        paper.rows([words["queue"], words["version"], words["since"], words["requires"]], [30, 10, 24, 46], rows)


def _required(paper: Paper, version: RequirementsFact) -> str:
    parts = [paper.titles.get(slug, slug) for slug in version.all_of]
    if version.any_of:
        parts.append(f" {paper.words['or']} ".join(paper.titles.get(slug, slug) for slug in version.any_of))
    parts += [f"{module} {number}" for module, number in version.modules.items()]
    parts += [*version.languages, *version.markets]
    return ", ".join(parts) or paper.words["nothing"]


def tell_limits(paper: Paper) -> None:
    """What is measured, and what is not."""
    paper.heading(paper.words["limits"])
    paper.said(paper.words["limits_text"])
