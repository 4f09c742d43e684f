"""What the benches serve: the application, and beside it a bare Flask view to compare with, in the same processes."""

from werkzeug.middleware.dispatcher import DispatcherMiddleware

import support  # noqa: F401  (finds the project)
from support.bare import bare
from training.start import create_server

app = DispatcherMiddleware(create_server(), {"/bare": bare})
