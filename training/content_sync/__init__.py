"""From the content folder to the database and back: gather, decide, apply."""
