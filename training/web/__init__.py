"""What every HTML surface shares: access, wording, errors, Markdown, formatting."""
