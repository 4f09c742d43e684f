"""The part of the audit chain that shows that cited entries are in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from training.audit.queries import chain_hashes, last_seal, links_at, positions_of
from training.audit.rules import pruned_tree, statement_text
from training.insights.documents import CitedEntry, Head, WrittenWords
from training.insights.services.writing import list_pieces, object_pieces, plain, value_pieces
from training.keys.rules import canonical_json

PORTION = 500


@dataclass(frozen=True, slots=True)
class Chained:
    """Where the cited entries stand, in order, and what shows that they stand there."""

    positions: tuple[int, ...]
    hashes: tuple[str, ...]
    head: Head

    def pieces(self) -> Iterator[bytes]:
        """The chain part as canonical JSON."""
        entries = list_pieces(canonical_json(plain(entry)) for entry in self._entries())
        members = {
            "entries": entries,
            "hashes": value_pieces(list(self.hashes)),
            "head": value_pieces(plain(self.head)),
        }
        return object_pieces(members)

    def _entries(self) -> Iterator[CitedEntry]:
        for begin in range(0, len(self.positions), PORTION):
            for seal, entry in links_at(self.positions[begin : begin + PORTION]):
                words = tuple(WrittenWords(name=words.name, salt=words.salt.hex(), text=words.text) for words in entry.words)
                yield CitedEntry(position=seal.position, previous_hash=seal.previous_hash, said=statement_text(entry.statement), words=words)


def chained(cited: Iterable[int]) -> Chained | None:
    """What shows that these entries are in the chain; nothing where one of them is not sealed yet. The whole chain's hashes are read once."""
    numbers, positions = sorted(set(cited)), list[int]()
    for begin in range(0, len(numbers), PORTION):
        found = positions_of(numbers[begin : begin + PORTION])
        if len(found) < len(numbers[begin : begin + PORTION]):
            return None
        positions.extend(found.values())
    end = last_seal()
    if end is None:
        return None
    tree = pruned_tree(chain_hashes(until=end.position), size=end.position, shown={*positions, end.position})
    head = Head(position=end.position, hash=end.hash, tree=tree.root.hex())
    return Chained(tuple(sorted(positions)), tuple(each.hex() for each in tree.hashes), head)
