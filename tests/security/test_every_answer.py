"""What every answer says to the browser, whatever was asked."""

import re

import pytest

from tracker.security import CSP

ANSWERS = {
    "a page": ("GET", "/spots/", 200),
    "a landing page": ("GET", "/", 200),
    "data": ("GET", "/healthz", 200),
    "a redirect": ("GET", "/sessions/", 302),
    "a page that is not there": ("GET", "/no/such/page", 404),
    "a file that is not there": ("GET", "/static/x/y.css", 404),
    "a wrong method": ("DELETE", "/spots/", 405),
    "an unread form": ("POST", "/register", 422),
}


@pytest.fixture
def broken(app, monkeypatch):
    """The list of spots fails with something nobody thought of."""

    def fail():
        raise RuntimeError("secret detail")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "finder.index", fail)
    yield app.test_client()
    app.config["PROPAGATE_EXCEPTIONS"] = None


def assert_guarded(answer):
    assert answer.headers.getlist("Content-Security-Policy") == [CSP]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS.values(), ids=ANSWERS)
def test_every_answer_carries_the_policy_and_is_kept_by_nobody(client, method, path, status):
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert_guarded(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_failure_is_a_page_with_the_policy_and_no_stack_trace(broken):
    answer = broken.get("/spots/")
    assert answer.status_code == 500
    assert_guarded(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<h1" in answer.text
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/", "/you", "/sessions/", "/progress/", "/sharing/sessions.csv"])
def test_personal_pages_are_stored_by_nobody(as_alice, path):
    answer = as_alice.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_may_do_nothing_and_never_goes_stale(client):
    path = re.search(r'href="(/static/[^"]+\.css)"', client.get("/").text)[1]
    with client.get(path) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/no/such/page", "/sessions/"])
def test_only_over_tls_is_tls_asked_for(client, path):
    assert "Strict-Transport-Security" not in client.get(path).headers
    safe = client.get(path, base_url="https://localhost")
    assert safe.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_pages_load_nothing_from_elsewhere(client):
    for path in ("/", "/spots/", "/spots/top-of-buttock", "/login", "/register"):
        page = client.get(path).text
        assert not re.findall(r'(?:src|srcset|action)="(?:https?:)?//', page)
        assert not re.findall(r'<link[^>]*href="(?:https?:)?//', page)
