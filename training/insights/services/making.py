"""Making a pack of its draft: totals and everything else that was so, then the chain's part and the signature."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from training.accounts.queries import team
from training.insights import queries
from training.insights.documents import About, Facts, PersonFacts
from training.insights.files import keep, part_of, signed_of
from training.insights.models import EvidencePack
from training.insights.services.drafting import lines_of, people_of
from training.insights.services.finishing import Made, Told
from training.insights.services.people import Telling, tell_actors
from training.insights.services.proving import Chained, chained
from training.insights.services.queues import certification_facts, queue_facts, telling_of
from training.insights.services.totals import Totals
from training.insights.services.writing import Hashing, file_pieces, list_pieces, object_pieces, plain, value_pieces
from training.keys.services import Signer, proof_of

PEOPLE_ON_PAPER = 100
"""Of how many people the paper tells one by one; the file tells of all."""


def make_pack(pack: EvidencePack, told: Told, about: About, *, by: Signer, now: datetime) -> Made | None:
    """Write the pack's file, once everybody is told of. Nothing where an entry that it cites is not in the chain yet: another time.

    Everything is told as it was known at the pack's instant, so it does not matter what happens meanwhile.
    """
    telling, totals, first = telling_of(pack), Totals(), list[PersonFacts]()
    for person in people_of(pack, told):
        totals.add(person)
        if len(first) < PEOPLE_ON_PAPER:
            first.append(person)
    facts_file, whole_file = part_of(pack.public_id, "facts"), part_of(pack.public_id, "whole")
    outline, shown = _outline(pack, telling, totals), chained(totals.cited)
    if shown is None:
        return None
    facts_hash = _write_facts(facts_file, outline, lines_of(pack, told))
    whole = _write_whole(whole_file, facts_file, about, shown, by=by, now=now)
    keep(whole_file, signed_of(pack.public_id))
    facts_file.unlink()
    return Made(whole.hexdigest(), facts_hash, whole.byte_count, outline.model_copy(update={"people": tuple(first)}), shown.head)


def _outline(pack: EvidencePack, telling: Telling, totals: Totals) -> Facts:
    """The facts without the people."""
    queues, certifications = queue_facts(telling), certification_facts(telling)
    numbers = [fact.entry for fact in certifications] + [version.entry for queue in queues for version in queue.versions]
    totals.cited.extend(number for number in numbers if number is not None)
    return Facts(
        scope=telling.scope.kind,
        person=queries.public_ids([pack.person_id])[pack.person_id] if pack.person_id is not None else None,
        queue=pack.queue_slug,
        team=_team_named(pack.team_id),
        at=pack.at,
        since=pack.since,
        unknown=totals.unknown,
        actors=tell_actors(sorted(totals.actors), telling),
        people=(),
        queues=queues,
        certifications=certifications,
        totals=() if telling.moment.is_span else totals.of_queues(telling.queues),
        languages=totals.of_languages(),
    )


def _write_facts(path: Path, outline: Facts, people: Iterable[bytes]) -> str:
    """The facts as a whole; the hash of them."""
    members = {name: value_pieces(value) for name, value in plain(outline).items()} | {"people": list_pieces(people)}
    with path.open("wb") as file:
        facts = Hashing(file)
        for piece in object_pieces(members):
            facts.write(piece)
        return facts.hexdigest()


def _team_named(team_id: int | None) -> str | None:
    found = team(team_id) if team_id is not None else None
    return found.slug if found is not None else None


def _write_whole(path: Path, facts_file: Path, about: About, shown: Chained, *, by: Signer, now: datetime) -> Hashing:
    """The file: the pack, and the proof over it."""
    document = sha256(b'{"pack":')
    with path.open("wb") as file:
        whole = Hashing(file)
        whole.write(b'{"pack":')
        for piece in object_pieces({"about": value_pieces(plain(about)), "chain": shown.pieces(), "facts": file_pieces(facts_file)}):
            whole.write(piece)
            document.update(piece)
        document.update(b"}")
        proof = proof_of(document.digest(), by, controller=about.issuer.address, now=now)
        for piece in (b',"proof":', *value_pieces(proof), b"}"):
            whole.write(piece)
    return whole
