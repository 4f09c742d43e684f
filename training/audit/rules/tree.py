"""A hash tree over the chain's hashes, and what of it shows that some of them are in it (the tree of RFC 6962 §2.1).

The chain alone shows that an entry is in it only to whoever has every entry between it and the head. The tree shows it to whoever has a hash for
each stretch between: of a million entries some twenty for each that is shown.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pruned:
    """A tree of which only some leaves are shown: its root, and the hashes of the largest parts that hold none of them, from left to right."""

    root: bytes
    hashes: tuple[bytes, ...]


def _leaf(chain_hash: str) -> bytes:
    return hashlib.sha256(b"\x00" + bytes.fromhex(chain_hash)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two that is smaller than a size of at least two: how many leaves lie in the left part."""
    return 1 << ((size - 1).bit_length() - 1)


def pruned_tree(chain_hashes: Iterator[str], *, size: int, shown: Container[int]) -> Pruned:
    """The tree over the first `size` hashes of the chain, read once and in order, without all but the shown positions (the first is 1).

    Raises ValueError where there are fewer hashes, or none.
    """
    if size < 1:
        raise ValueError("a tree has leaves")
    root, hashes = _pruned(chain_hashes, 1, size, shown)
    return Pruned(root, tuple(hashes if hashes is not None else [root]))


def _pruned(chain_hashes: Iterator[str], first: int, size: int, shown: Container[int]) -> tuple[bytes, list[bytes] | None]:
    """The hash of a part, and what shows its shown leaves; nothing where it has none."""
    if size == 1:
        found = next(chain_hashes, None)
        if found is None:
            raise ValueError(f"the chain ends before position {first}")
        return _leaf(found), [] if first in shown else None
    half = _split(size)
    left, of_left = _pruned(chain_hashes, first, half, shown)
    right, of_right = _pruned(chain_hashes, first + half, size - half, shown)
    whole = _node(left, right)
    if of_left is None and of_right is None:
        return whole, None
    return whole, [*([left] if of_left is None else of_left), *([right] if of_right is None else of_right)]


def root_of_pruned(hashes: Iterator[bytes], *, size: int, shown: Mapping[int, str]) -> bytes:
    """The root that the shown positions, each with its hash of the chain, and the hashes of everything between come to.

    Raises ValueError where there are too few hashes for a tree of this size, or too many.
    """
    positions = sorted(shown)
    if size < 1 or (positions and not 1 <= positions[0] <= positions[-1] <= size):
        raise ValueError("a position lies outside the tree")
    root = _rebuilt(hashes, (1, size), shown, positions)
    if next(hashes, None) is not None:
        raise ValueError("there are more hashes than the tree has parts")
    return root


def _rebuilt(hashes: Iterator[bytes], part: tuple[int, int], shown: Mapping[int, str], positions: list[int]) -> bytes:
    """The hash of the part of so many leaves that begins at a position, in which these positions are shown."""
    first, size = part
    if not positions:
        found = next(hashes, None)
        if found is None:
            raise ValueError("there are fewer hashes than the tree has parts")
        return found
    if size == 1:
        return _leaf(shown[first])
    half = _split(size)
    border = bisect_left(positions, first + half)
    left = _rebuilt(hashes, (first, half), shown, positions[:border])
    return _node(left, _rebuilt(hashes, (first + half, size - half), shown, positions[border:]))
