"""What a server loads: `granian --interface wsgi wsgi:app`, `flask --app wsgi`."""

from training.start import create_server

app = create_server()
