"""What a program's token may be good for."""

from enum import StrEnum


class Scope(StrEnum):
    """One thing that a program may do."""

    ACCESS_READ = "access:read"
    WORK_WRITE = "work:write"
    QUALITY_WRITE = "quality:write"


SCOPES = {
    Scope.ACCESS_READ: "Ask who may work which queue, and why not",
    Scope.WORK_WRITE: "Report how many decisions people made in which queue on which day",
    Scope.QUALITY_WRITE: "Report what audits of live decisions found",
}
"""Every scope, with what it allows in words."""
