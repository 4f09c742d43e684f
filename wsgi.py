"""What a server loads: `granian --interface wsgi wsgi:app`, `flask --app wsgi`."""

from training.app import create_app

app = create_app()
