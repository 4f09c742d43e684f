"""What holds, disputes and labels call for: keys whose clause changed, references that are often called wrong, cases that too few labelled."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from training.cases.rules import Severity
from training.insights.rules.attention.findings import Concern, Figures, Finding
from training.quality.rules.calibration import labellers_needed

MANY_CLAIMS, MANY_DISPUTES = 3, 2
"""From so many people who call a key wrong, or so many disputes about one after another, it is disputed often."""


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A case or an item that a changed rule holds, with the clauses that it cites and the entry by which it is held."""

    slug: str
    is_item: bool
    clauses: tuple[str, ...]
    hold_id: int


@dataclass(frozen=True, slots=True)
class PublishedRule:
    """A published change: the version of a module, and the codes of the clauses whose rule is another since."""

    module: str
    version: str
    changed: frozenset[str]


def of_holds(held: Iterable[HeldKey], rules: Sequence[PublishedRule]) -> Iterator[Finding]:
    """Everything that a changed rule holds; `rules` the latest first. It leads to the change that touches it, where that is still known."""
    for key in held:
        rule = next((each for each in rules if each.changed & set(key.clauses)), None)
        changed = sorted(rule.changed & set(key.clauses)) if rule else []
        told: Figures = {"clauses": ", ".join(changed), "rule": f"{rule.module} {rule.version}" if rule else None, "kind": "item" if key.is_item else "case"}
        leads_to = (rule.module, rule.version) if rule else (key.slug,)
        subject = f"{told['kind']} {key.slug}"
        yield Finding(Concern.CLAUSE_CHANGED, subject, told, 1.0, (key.hold_id,), names=(key.slug,), leads_to=leads_to)


@dataclass(frozen=True, slots=True)
class DisputedKey:
    """One decided dispute about a case or an item."""

    slug: str
    is_item: bool
    public_id: str
    claim_count: int
    is_upheld: bool


def of_disputes(decided: Iterable[DisputedKey], *, open_about: Collection[tuple[bool, str]]) -> Iterator[Finding]:
    """What was called wrong again and again; in the order in which disputes were opened. What is being disputed now is left out: it is reviewed blind."""
    by_key: defaultdict[tuple[bool, str], list[DisputedKey]] = defaultdict(list)
    for dispute in decided:
        by_key[dispute.is_item, dispute.slug].append(dispute)
    for (is_item, slug), disputes in by_key.items():
        claims = sum(dispute.claim_count for dispute in disputes)
        if (is_item, slug) in open_about or (claims < MANY_CLAIMS and len(disputes) < MANY_DISPUTES):
            continue
        told: Figures = {
            "claims": claims,
            "disputes": len(disputes),
            "upheld": sum(dispute.is_upheld for dispute in disputes),
            "kind": "item" if is_item else "case",
        }
        subject = f"{told['kind']} {slug}"
        yield Finding(Concern.DISPUTED, subject, told, claims, (claims, len(disputes)), names=(slug,), leads_to=(disputes[-1].public_id,))


@dataclass(frozen=True, slots=True)
class LabelledCase:
    """A practice case, and how many labelled it as it is now without knowing the reference."""

    slug: str
    area: str
    severity: str | None
    version_id: int
    label_count: int

    @property
    def needed(self) -> int:
        """How many have to before what they say is a reference."""
        return labellers_needed([Severity(self.severity) if self.severity else None])


def of_labels(cases: Iterable[LabelledCase]) -> Iterator[Finding]:
    """Each case of which some labels are there and not enough; of those without any, how many there are in each area."""
    without: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for case in cases:
        known[case.area] += 1
        if not case.label_count:
            without[case.area] += 1
        elif case.label_count < case.needed:
            few: Figures = {"labels": case.label_count, "needed": case.needed}
            missing = case.needed - case.label_count
            yield Finding(Concern.FEW_LABELS, case.slug, few, 1 + missing, (case.version_id, case.label_count), names=(case.slug,), leads_to=(case.slug,))
    for area, count in without.items():
        told: Figures = {"without": count, "cases": known[area], "area": area}
        yield Finding(Concern.FEW_LABELS, f"area {area}", told, count / known[area], (count * 10 // known[area],))
