"""Questions over all tables alike, and the statements that forget."""

from training.upkeep.queries.erasing import apply_changes, delete_addressed, other_administrators, replace_in_words
from training.upkeep.queries.keeping import clear_due, due_count, run_of, runs
from training.upkeep.queries.tables import columns_by_table, table_named, tables_of

__all__ = [
    "apply_changes",
    "clear_due",
    "columns_by_table",
    "delete_addressed",
    "due_count",
    "other_administrators",
    "replace_in_words",
    "run_of",
    "runs",
    "table_named",
    "tables_of",
]
