"""What decides in an exam: blueprints and forms, deadlines, saves, marks, results, retakes, chances. Pure."""
