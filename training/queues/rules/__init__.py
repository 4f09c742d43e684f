"""The gate's law: what it knows, and how it decides."""
