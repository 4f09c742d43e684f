"""Files of questions: where they lie while they wait, and what is in them."""

from training.exchange.files.keeping import keep, lying_since, path_of, remove
from training.exchange.files.reading import MOST_ROWS, TABLES, FileKind, Terms, columns_of, drafts_of, recognised

__all__ = ["MOST_ROWS", "TABLES", "FileKind", "Terms", "columns_of", "drafts_of", "keep", "lying_since", "path_of", "recognised", "remove"]
