"""What an audit entry says, how entries are chained, and how some of them are shown to be in the chain without the others."""

from training.audit.rules.chain import (
    FIRST_HASH,
    FORGOTTEN,
    HASHED,
    WRITTEN,
    ChainCheck,
    Link,
    Statement,
    canonical_json,
    chained_hash,
    check_chain,
    hash_of_text,
    pseudonym,
    salt_month,
    statement_text,
)
from training.audit.rules.tree import Pruned, pruned_tree, root_of_pruned

__all__ = [
    "FIRST_HASH",
    "FORGOTTEN",
    "HASHED",
    "WRITTEN",
    "ChainCheck",
    "Link",
    "Pruned",
    "Statement",
    "canonical_json",
    "chained_hash",
    "check_chain",
    "hash_of_text",
    "pruned_tree",
    "pseudonym",
    "root_of_pruned",
    "salt_month",
    "statement_text",
]
