"""A person looks where they are signed in, and ends what they do not know."""

from uuid import UUID

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from tests.accounts.conftest import EMAIL, IPHONE, copy_of
from tests.conftest import sign_in
from tracker.accounts.devices import label
from tracker.accounts.models import Device


def newest_device(rows):
    return rows(select(Device).order_by(Device.id.desc()))[0]


def sign_out(client, device_id):
    return client.post(f"/you/devices/{device_id}/sign-out")


def test_every_device_is_listed_and_this_one_is_marked(signed_in):
    signed_in(IPHONE)
    page = signed_in().get("/you/devices").text
    assert "Safari, iPhone" in page
    assert "Firefox, Linux</b> · this one" in page
    assert page.count("/sign-out") == 1


def test_a_revoked_device_is_signed_out_with_every_copy_of_its_cookie(app, signed_in, rows):
    here, there = signed_in(), signed_in(IPHONE)
    thief = copy_of(app, there)
    answer = sign_out(here, newest_device(rows).id)
    assert (answer.status_code, answer.location) == (303, "/you/devices")
    assert there.get("/you").status_code == 302
    assert thief.get("/you").status_code == 302
    assert here.get("/you").status_code == 200
    assert "iPhone" not in here.get("/you/devices").text


def test_anothers_device_is_not_there(app, signed_in, bob, rows):
    theirs = sign_in(app, bob)
    device = rows(select(Device).where(Device.user_id == bob.id))[0]
    assert sign_out(signed_in(), device.id).status_code == 404
    assert theirs.get("/you").status_code == 200


@pytest.mark.parametrize("device_id", [UUID(int=0), uuid7(), "1", "%D9%A1"])
def test_a_device_that_is_not_there_is_not_found(signed_in, device_id):
    assert sign_out(signed_in(), device_id).status_code == 404


def test_a_stranger_sees_no_devices(client):
    assert "/login" in client.get("/you/devices").location


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("", "Unknown browser"),
        ("curl/8.0", "Unknown browser"),
        ("<script>alert(1)</script> Firefox", "Firefox"),
        ("x" * 5000, "Unknown browser"),
    ],
)
def test_an_odd_browser_is_listed_too(signed_in, agent, told):
    page = signed_in(agent).get("/you/devices").text
    assert told in page
    assert "alert(1)" not in page


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        (
            "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28 Chrome/130",
            "Samsung Internet, Android",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/18 Safari/605", "Safari, Mac"),
        ("Mozilla/5.0 (iPad; CPU OS 18) CriOS/140 Safari/604", "Chrome, iPad"),
    ],
)
def test_a_browser_is_named_as_people_know_it(agent, name):
    assert label(agent) == name


def test_the_page_you_says_who_is_signed_in(signed_in):
    assert EMAIL in signed_in().get("/you").text
