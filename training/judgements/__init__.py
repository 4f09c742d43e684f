"""One labelled answer to one case, wherever it was given, and its scores."""
