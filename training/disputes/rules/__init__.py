"""Who may dispute and who may review, what reviews come to, and what follows. Pure."""
