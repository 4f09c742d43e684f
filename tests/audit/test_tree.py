"""The hash tree over the chain: what it shows of some entries without the others."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.audit.rules import pruned_tree, root_of_pruned


def chain_of(size):
    return [hashlib.sha256(str(number).encode()).hexdigest() for number in range(size)]


def plain_root(hashes):
    """The tree hash as RFC 6962 §2.1 defines it, word for word."""
    if len(hashes) == 1:
        return hashlib.sha256(b"\x00" + bytes.fromhex(hashes[0])).digest()
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return hashlib.sha256(b"\x01" + plain_root(hashes[:half]) + plain_root(hashes[half:])).digest()


sizes_with_shown = st.integers(1, 70).flatmap(lambda size: st.tuples(st.just(size), st.sets(st.integers(1, size))))


@given(sizes_with_shown)
def test_what_is_shown_comes_to_the_root_of_all(case):
    size, shown = case
    chain = chain_of(size)
    found = pruned_tree(iter(chain), size=size, shown=shown)
    assert found.root == plain_root(chain)
    assert root_of_pruned(iter(found.hashes), size=size, shown={position: chain[position - 1] for position in shown}) == found.root


@given(sizes_with_shown, st.data())
def test_any_other_hash_or_position_comes_to_another_root(case, data):
    size, shown = case
    chain = chain_of(size)
    found = pruned_tree(iter(chain), size=size, shown=shown)
    told = {position: chain[position - 1] for position in shown}
    if shown:
        changed = data.draw(st.sampled_from(sorted(shown)))
        assert root_of_pruned(iter(found.hashes), size=size, shown={**told, changed: "f" * 64}) != found.root
    if found.hashes:
        place = data.draw(st.integers(0, len(found.hashes) - 1))
        forged = [*found.hashes[:place], b"\x00" * 32, *found.hashes[place + 1 :]]
        assert root_of_pruned(iter(forged), size=size, shown=told) != found.root


def test_of_many_entries_few_hashes_show_one():
    chain = chain_of(5_000)
    assert len(pruned_tree(iter(chain), size=5_000, shown={17}).hashes) <= 13


@pytest.mark.parametrize(("hashes", "size", "shown"), [([], 2, {1: "0" * 64}), ([b"a" * 32] * 3, 2, {1: "0" * 64}), ([], 2, {3: "0" * 64}), ([], 0, {})])
def test_what_does_not_fit_a_tree_is_refused(hashes, size, shown):
    with pytest.raises(ValueError):
        root_of_pruned(iter(hashes), size=size, shown=shown)


def test_a_tree_needs_leaves():
    for size, chain in ((0, []), (2, chain_of(1))):
        with pytest.raises(ValueError):
            pruned_tree(iter(chain), size=size, shown=set())
