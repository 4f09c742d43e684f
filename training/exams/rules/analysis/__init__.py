"""What answers say about items and exams (MEASUREMENT.md, sections 4 and 5). Pure; modules that need numpy are imported by name where a figure is computed."""
