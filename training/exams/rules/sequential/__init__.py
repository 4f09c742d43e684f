"""Sequential mode: items until the evidence decides, with a chance of a false pass that is bounded and spent (MEASUREMENT.md, section 5)."""
