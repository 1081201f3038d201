"""The way in: `python wsgi.py` serves; `wsgi:app` is what another WSGI server would load."""

import os
import sys

from tracker import clock
from tracker.app import create_app
from tracker.migrate import SchemaError, upgrade
from tracker.settings import Settings, SettingsError, from_environ
from tracker.sharing import uploads

THREADS = 8
STALLED_S = 30


def start() -> tuple[object, Settings]:
    os.umask(0o077)  # what is kept here is for the one who runs it
    try:
        settings = from_environ()
        settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
        upgrade(settings.database_url)
        app = create_app(settings)
    except (SettingsError, SchemaError) as error:
        sys.exit(f"Sweetspot did not start. {error}")
    uploads.sweep(app, clock.now())
    return app, settings


app, _settings = start()

if __name__ == "__main__":
    from waitress.server import create_server

    server = create_server(
        app,
        host=_settings.host,
        port=_settings.port,
        threads=THREADS,
        channel_timeout=STALLED_S,
        ident=None,
    )
    print(f"Sweetspot is at http://{_settings.host}:{_settings.port}", flush=True)
    server.run()
