"""What a program's token may be good for."""

from enum import StrEnum


class Scope(StrEnum):
    """One thing that a program may do."""

    ACCESS_READ = "access:read"


SCOPES = {Scope.ACCESS_READ: "Ask who may work which queue, and why not"}
"""Every scope, with what it allows in words."""
