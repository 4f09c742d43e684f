"""Items moved in and out: questions of other programs become drafts, and items become questions of other programs."""
