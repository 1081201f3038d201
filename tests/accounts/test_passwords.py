"""A person chooses a new password: because they want to, or because they forgot the old one."""

import re

import pytest

from tests.accounts.conftest import EMAIL, OTHER_PASSWORD, PASSWORD, copy_of
from tests.conftest import KEY, new_person
from tracker.app import create_app
from tracker.database import db
from tracker.migrate import upgrade
from tracker.settings import Settings

CHANGE = {
    "password": PASSWORD,
    "new_password": OTHER_PASSWORD,
    "new_password_confirm": OTHER_PASSWORD,
}
CHOOSE = {"password": OTHER_PASSWORD, "password_confirm": OTHER_PASSWORD}


def can_sign_in(client, password):
    return client.post("/login", data={"email": EMAIL, "password": password}).status_code == 302


def test_changing_the_password_ends_every_other_device(app, signed_in, browser):
    here, there = signed_in(), signed_in()
    thief = copy_of(app, there)
    answer = here.post("/change", data=CHANGE, follow_redirects=True)
    assert answer.status_code == 200
    assert "Your password is changed" in answer.text
    assert here.get("/you").status_code == 200
    assert there.get("/you").status_code == 302
    assert thief.get("/you").status_code == 302
    assert not can_sign_in(browser(), PASSWORD)
    assert can_sign_in(browser(), OTHER_PASSWORD)


def test_a_cookie_copied_from_this_device_dies_with_the_old_password(app, signed_in):
    here = signed_in()
    thief = copy_of(app, here)
    here.post("/change", data=CHANGE)
    assert thief.get("/you").status_code == 302
    assert here.get("/you").status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "not the old one"},
        {"password": ""},
        {"password": "x" * 50_000},
        {"new_password": "short", "new_password_confirm": "short"},
        {"new_password": "x" * 129, "new_password_confirm": "x" * 129},
        {"new_password": "password123", "new_password_confirm": "password123"},
        {"new_password": EMAIL, "new_password_confirm": EMAIL},
        {"new_password_confirm": "something else"},
        {"new_password": PASSWORD, "new_password_confirm": PASSWORD},
    ],
)
def test_a_change_with_something_wrong_changes_nothing(signed_in, browser, changes):
    client, other = signed_in(), signed_in()
    answer = client.post("/change", data=CHANGE | changes)
    assert answer.status_code == 422
    assert "-error" in answer.text or 'role="alert"' in answer.text
    assert other.get("/you").status_code == 200
    assert can_sign_in(browser(), PASSWORD)


def test_a_stranger_cannot_change_it(client):
    assert "/login" in client.post("/change", data=CHANGE).location


def link_by_command(app, email=EMAIL):
    result = app.test_cli_runner().invoke(args=["reset-link", email])
    return result, (re.search(r"^/reset/\S+$", result.output, re.M) or [""])[0]


def test_the_one_who_runs_it_makes_a_link_for_a_new_password(app, alice, browser):
    result, link = link_by_command(app, EMAIL.upper())
    assert result.exit_code == 0
    client = browser()
    assert client.get(link).status_code in {200, 302}
    assert client.post(link, data=CHOOSE).status_code in {302, 303}
    assert can_sign_in(browser(), OTHER_PASSWORD)
    assert not can_sign_in(browser(), PASSWORD)


def test_a_reset_ends_every_device(app, signed_in, browser):
    before = signed_in()
    _result, link = link_by_command(app)
    browser().post(link, data=CHOOSE)
    assert before.get("/you").status_code == 302


def test_a_reset_link_works_once(app, alice, browser):
    _result, link = link_by_command(app)
    browser().post(link, data=CHOOSE)
    again = {"password": "a third set of words", "password_confirm": "a third set of words"}
    browser().post(link, data=again)
    assert can_sign_in(browser(), OTHER_PASSWORD)


@pytest.mark.parametrize("wrong", [{"password": "short"}, {"password_confirm": "not the same"}])
def test_a_reset_with_something_wrong_changes_nothing(app, alice, browser, wrong):
    _result, link = link_by_command(app)
    answer = browser().post(link, data=CHOOSE | wrong)
    assert answer.status_code == 422
    assert can_sign_in(browser(), PASSWORD)


@pytest.mark.parametrize("token", ["abc", "a.b.c", "%00", "x" * 5000, "..%2F..%2Fyou"])
def test_a_made_up_link_opens_nothing(client, alice, browser, token):
    for answer in (client.get(f"/reset/{token}"), client.post(f"/reset/{token}", data=CHOOSE)):
        assert answer.status_code in {302, 404}
    assert can_sign_in(browser(), PASSWORD)


def test_the_command_says_when_nobody_has_that_address(app, alice):
    result, link = link_by_command(app, "nobody@example.org")
    assert result.exit_code == 1
    assert "Nobody here has the e-mail nobody@example.org." in result.output
    assert link == ""


def test_without_mail_the_page_says_who_can_help(client):
    page = client.get("/reset").text
    assert "sends no e-mail" in page
    assert 'name="email"' not in page


def test_without_mail_asking_for_a_link_sends_nothing_and_is_no_error(client, alice):
    assert client.post("/reset", data={"email": EMAIL}).status_code == 200


@pytest.fixture
def mail_app(tmp_path):
    """An app that sends mail, into an outbox in memory."""
    url = f"sqlite:///{tmp_path}/mail.db"
    upgrade(url)
    mail = {"MAIL_SERVER": "mail.example.org", "MAIL_DEFAULT_SENDER": "sweetspot@example.org"}
    app = create_app(Settings(secret_key=KEY, database_url=url, instance=tmp_path, mail=mail))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.extensions["mailman"].backend = "locmem"
    app.extensions["mailman"].outbox = []
    yield app
    with app.app_context():
        db.engine.dispose()


def outbox(app):
    return app.extensions["mailman"].outbox


def test_with_mail_a_link_comes_by_mail_and_works(mail_app, hashed):
    new_person(mail_app, EMAIL, password=hashed)
    answer = mail_app.test_client().post("/reset", data={"email": EMAIL})
    assert answer.status_code == 200
    assert "a link is on its way" in answer.text
    (message,) = outbox(mail_app)
    assert message.to == [EMAIL]
    link = re.search(r"http://localhost(/reset/\S+)", message.body)[1]
    client = mail_app.test_client()
    assert client.post(link, data=CHOOSE).status_code in {302, 303}
    assert can_sign_in(mail_app.test_client(), OTHER_PASSWORD)


def test_with_mail_an_unknown_address_gets_the_same_answer_and_no_mail(mail_app, hashed):
    new_person(mail_app, EMAIL, password=hashed)
    client = mail_app.test_client()
    known = client.post("/reset", data={"email": EMAIL})
    unknown = client.post("/reset", data={"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace(EMAIL, "nobody@example.org") == unknown.text
    assert len(outbox(mail_app)) == 1


def test_the_mail_is_in_the_language_of_the_browser_that_asked(mail_app, hashed):
    new_person(mail_app, EMAIL, password=hashed)
    german = {"Accept-Language": "de"}
    mail_app.test_client().post("/reset", data={"email": EMAIL}, headers=german)
    (message,) = outbox(mail_app)
    assert message.subject == "Ein neues Passwort wählen"
    for text in (message.body, *(body for body, _kind in getattr(message, "alternatives", []))):
        assert "ein neues Passwort" in text
        assert "Der Link gilt 1 Tag lang." in text
        assert "link" not in text.replace("/reset/", "")
