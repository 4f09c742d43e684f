"""What others ask of the whole: who was qualified when, and on what evidence, to be taken along and checked elsewhere."""
