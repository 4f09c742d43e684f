"""The taxonomy, historical cases on every surface, and their versioned references."""
