"""Items, blueprints, forms, attempts, score runs."""
