"""Policy modules and their versions, clauses, courses, assignments, acknowledgements."""
