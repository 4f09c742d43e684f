"""Documents as files and as stored versions: parse, compare."""
