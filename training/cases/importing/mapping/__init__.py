"""The mapping file: which column of a source is which field of a case, and what its words mean here."""

from training.cases.importing.mapping.documents import CaseMapping, EvidencePick, FileFormat, Pick
from training.cases.importing.mapping.fields import CASE_FIELDS, REFERENCE_FIELDS, content_field, joined, shaped
from training.cases.importing.mapping.reading import ReadMapping, Unmapped, column_faults, read_mapping, unnamed_columns, vocabulary_faults

__all__ = [
    "CASE_FIELDS",
    "REFERENCE_FIELDS",
    "CaseMapping",
    "EvidencePick",
    "FileFormat",
    "Pick",
    "ReadMapping",
    "Unmapped",
    "column_faults",
    "content_field",
    "joined",
    "read_mapping",
    "shaped",
    "unnamed_columns",
    "vocabulary_faults",
]
