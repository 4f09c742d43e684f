"""Labelling sessions over the practice pool, the next case, feedback."""
