"""The ledger: who holds what, since when, until when, on what evidence."""
