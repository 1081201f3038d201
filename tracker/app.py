"""create_app: what Sweetspot is made of, in order."""

from datetime import timedelta

from flask import Flask, request
from flask_babel import Babel
from flask_compress import Compress
from flask_login import current_user
from flask_mailman import Mail
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker import assets, errors, health, jinja, language, openapi, security
from tracker.accounts import sign_in
from tracker.accounts.leaving import bp as leaving
from tracker.accounts.views import bp as accounts
from tracker.accounts.views import choose_language
from tracker.checkins.overall import bp as overall
from tracker.checkins.views import bp as checkins
from tracker.database import db, engine_options, gave_up, harden
from tracker.days.activities import bp as activities
from tracker.days.ratings import bp as ratings
from tracker.days.views import bp as days
from tracker.demo import bp as demo
from tracker.finder.views import bp as finder
from tracker.jinja import Environment
from tracker.language import COOKIE, LOCALES, choose
from tracker.progress.compare_views import bp as compare
from tracker.progress.heat_views import bp as heat
from tracker.progress.region_views import bp as region
from tracker.progress.trial_views import bp as trials
from tracker.progress.views import bp as progress
from tracker.pwa.views import bp as pwa
from tracker.reminders.calendars import bp as calendars
from tracker.reminders.push import bp as push
from tracker.reminders.sending import bp as sending
from tracker.reminders.vapid import vapid_key
from tracker.reminders.views import bp as reminders
from tracker.safety.sent import bp as sheets
from tracker.safety.views import bp as safety
from tracker.sessions import filters
from tracker.sessions.correct import bp as correct
from tracker.sessions.learn import bp as learn
from tracker.sessions.several import bp as several
from tracker.sessions.sync import bp as sync
from tracker.sessions.unsent import bp as unsent
from tracker.sessions.views import bp as sessions
from tracker.settings import ROOT, Settings, from_environ
from tracker.sharing import uploads
from tracker.sharing.back import bp as back
from tracker.sharing.everything import bp as everything
from tracker.sharing.link_views import bp as links
from tracker.sharing.report_views import bp as report
from tracker.sharing.shared_views import bp as shared
from tracker.sharing.views import bp as sharing
from tracker.spots.body import body
from tracker.spots.catalog import catalog
from tracker.spots.views import bp as spots
from tracker.spots.yours import bp as yours
from tracker.today.views import bp as today

BODY_BYTES = 256 * 1024
FIRST_FLIGHT_BYTES = 14_000  # what TCP sends at once: a page within it arrives no sooner packed
STAY_SIGNED_IN = timedelta(days=90)


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or from_environ()
    app = Flask("tracker", root_path=str(ROOT), static_folder=None)
    app.jinja_environment = Environment
    _configure(app, settings)
    catalog()  # refuse to start on a mistake in the spots' data
    body()

    db.init_app(app)
    with app.app_context():
        harden(db.engine)
    Babel(app, locale_selector=_locale, timezone_selector=_time_zone)
    language.init_app(app)
    jinja.init_app(app)
    Mail(app)
    Compress(app)
    csrf = CSRFProtect(app)
    sign_in.init_app(app, sends_mail=settings.sends_mail)
    security.init_app(app)
    errors.init_app(app)
    filters.init_app(app)
    assets.init_app(app, ROOT / "static")
    uploads.init_app(app)

    features = (accounts, leaving, spots, yours, safety, sheets, days, activities, ratings)
    features += (sessions, correct, learn, several, sync, unsent, finder, checkins, overall)
    features += (progress, compare, heat, region, trials, reminders, calendars, push, sending)
    features += (sharing, everything, back, report, links, shared, today, pwa)
    for blueprint in (*features, openapi.bp, health.bp, demo):
        app.register_blueprint(blueprint)
    csrf.exempt(choose_language)  # a token would give every reader a cookie; the origin is checked
    # JSON: the origin is checked, so that it can be sent a week later.
    for api in (sync, ratings, sheets, push):
        csrf.exempt(api)
    csrf.exempt(shared)  # somebody without an account, who changes nothing; the origin is checked
    if app.debug:
        from tracker.pattern import bp as pattern

        app.register_blueprint(pattern)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app,
            x_for=settings.proxies,
            x_proto=settings.proxies,
            x_host=settings.proxies,
        )
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=STAY_SIGNED_IN,
        MAX_CONTENT_LENGTH=BODY_BYTES,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,  # a form may lie open on the bathroom floor for a day
        BABEL_DEFAULT_LOCALE=next(iter(LOCALES)),
        BABEL_TRANSLATION_DIRECTORIES="tracker/translations",
        SENDS_MAIL=settings.sends_mail,
        CONTACT=settings.contact,
        SERVICE_WORKER=settings.service_worker,
        VAPID_KEY=vapid_key(settings.instance),
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIMETYPES=["text/html"],
        COMPRESS_MIN_SIZE=FIRST_FLIGHT_BYTES,
        **settings.mail,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _locale() -> str:
    asked = (request.view_args or {}).get("language")  # an address that is of one language
    own = current_user.locale if _own_page() else None
    return choose(
        asked, own, request.cookies.get(COOKIE), browser=request.headers.get("Accept-Language", "")
    )


def _time_zone() -> str | None:
    return current_user.time_zone if _own_page() else None


def _own_page() -> bool:
    """Whether somebody is signed in and the page is theirs: what a link shows is not."""
    return not gave_up() and request.blueprint != "shared" and current_user.is_authenticated
