"""A browser gives the address at which it wants to be told; each of a person's own, one row."""

import json
from base64 import urlsafe_b64encode
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from tests.conftest import sign_in
from tests.reminders.push_service import Browser, base64url
from tracker.accounts.models import Device
from tracker.reminders.models import PushSubscription, Reminder
from tracker.reminders.subscription import (
    SubscriptionError,
    is_public,
    is_public_number,
    read,
)

PATH = "/you/reminders/phones"
FCM = "https://fcm.googleapis.com/fcm/send/abc:def"
BROWSER = Browser()
GOOD = BROWSER.subscription(FCM)
REAL = [
    FCM,
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABk",
    "https://web.push.apple.com/QOpaque",
    "https://wns2-par02p.notify.windows.com/w/?token=BQ%2bYAAA%3d",
    "https://push.example.org:443/x",
]


def test_a_browser_is_switched_on(as_alice, alice, rows):
    answer = as_alice.post(PATH, json=GOOD)
    assert answer.status_code == 201
    (mine,) = rows(select(PushSubscription))
    (device,) = rows(select(Device))
    assert answer.json == {"device": str(device.id)}
    assert (mine.user_id, mine.device_id, mine.endpoint) == (alice.id, device.id, FCM)
    assert {"p256dh": mine.p256dh, "auth": mine.auth} == GOOD["keys"]
    assert (mine.locale, mine.site) == ("en", "http://localhost")
    (when,) = rows(select(Reminder))
    assert (when.at, when.quiet_from, when.quiet_to) == (time(9), time(21), time(8))
    page = as_alice.get("/you/reminders").text
    assert "this one" in page
    assert "<notify-me" not in page


def test_nothing_is_switched_on_by_looking(as_alice, rows):
    assert "<notify-me" in as_alice.get("/you/reminders").text
    assert rows(select(PushSubscription)) == rows(select(Reminder)) == []


def test_the_page_tells_the_browser_who_will_send(app, as_alice):
    key = app.config["VAPID_KEY"]
    assert "PRIVATE KEY" in key
    page = as_alice.get("/you/reminders").text
    assert 'key="B' in page  # base64url of an uncompressed point begins so
    assert "PRIVATE" not in page


def test_switched_on_again_it_is_one_row_with_the_new_address(as_alice, rows):
    as_alice.post(PATH, json=GOOD)
    as_alice.post(PATH, json=Browser().subscription("https://web.push.apple.com/new"))
    assert [each.endpoint for each in rows(select(PushSubscription))] == [
        "https://web.push.apple.com/new"
    ]


def test_each_device_has_a_row_and_the_same_address_only_the_newest(app, as_alice, alice, rows):
    other = sign_in(app, alice)
    as_alice.post(PATH, json=Browser().subscription("https://web.push.apple.com/a"))
    other.post(PATH, json=Browser().subscription("https://web.push.apple.com/b"))
    assert len(rows(select(PushSubscription))) == 2
    other.post(PATH, json=Browser().subscription("https://web.push.apple.com/a"))
    assert len(rows(select(PushSubscription))) == 1


def test_a_browser_is_taken_off_the_list(as_alice, rows):
    device = as_alice.post(PATH, json=GOOD).json["device"]
    answer = as_alice.post(f"{PATH}/{device}/remove")
    assert (answer.status_code, answer.location) == (303, "/you/reminders#phones")
    assert rows(select(PushSubscription)) == []
    assert as_alice.post(f"{PATH}/{device}/remove").status_code == 404


def test_anothers_browser_is_not_there(as_alice, as_bob, rows):
    device = as_alice.post(PATH, json=GOOD).json["device"]
    assert as_bob.post(f"{PATH}/{device}/remove").status_code == 404
    assert "this one" not in as_bob.get("/you/reminders").text
    assert len(rows(select(PushSubscription))) == 1


def test_signing_a_device_out_stops_telling_it(as_alice, rows):
    as_alice.post(PATH, json=GOOD)
    as_alice.post("/logout")
    assert rows(select(PushSubscription)) == []


def test_a_stranger_is_told_to_sign_in(client, rows):
    answer = client.post(PATH, json=GOOD)
    assert answer.status_code == 401
    assert "Sign in" in answer.json["error"]
    assert client.post(f"{PATH}/01a1b2c3-0000-7000-8000-000000000000/remove").status_code == 302


def test_another_page_switches_nothing_on(as_alice, rows):
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert as_alice.post(PATH, json=GOOD, headers=headers).status_code == 403
    assert rows(select(PushSubscription)) == []


def keys(**changed):
    return GOOD | {"keys": GOOD["keys"] | changed}


off_curve = base64url(b"\x04" + b"\x01" * 64)
BODIES = {
    "nothing": b"",
    "half": b'{"endpoint":',
    "no text": b"\xff\xfe\x00",
    "deep": b"[" * 50_000,
    "a list": b"[]",
    "a number": b"5",
    "null": b"null",
    "not a number": b"NaN",
    "no keys": {"endpoint": FCM},
    "keys of a wrong kind": GOOD | {"keys": []},
    "no endpoint": {"keys": GOOD["keys"]},
    "endpoint of a wrong kind": GOOD | {"endpoint": [FCM]},
    "long endpoint": GOOD | {"endpoint": FCM + "x" * 3000},
    "half a character": GOOD | {"endpoint": FCM + "\ud800"},
    "no point": keys(p256dh=None),
    "short point": keys(p256dh="BAAA"),
    "compressed point": keys(p256dh=base64url(b"\x02" + b"\x01" * 32)),
    "not on the curve": keys(p256dh=off_curve),
    "not base64": keys(p256dh="é" * 87),
    "other base64": keys(p256dh="+" * 87),
    "long point": keys(p256dh=GOOD["keys"]["p256dh"] * 1000),
    "short secret": keys(auth="AAAA"),
    "secret of a wrong kind": keys(auth=5),
    "no secret": keys(auth=""),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_no_browser_sends_is_refused_in_a_sentence(as_alice, rows, body):
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = as_alice.post(PATH, data=sent, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json["error"].endswith(".")
    assert rows(select(PushSubscription)) == []


def test_padding_is_taken_and_not_kept():
    padded = urlsafe_b64encode(b"x" * 16).decode()
    assert padded.endswith("==")
    assert read(keys(auth=padded)).auth == padded.rstrip("=")


@pytest.mark.parametrize("endpoint", REAL)
def test_the_push_services_there_are_can_be_used(endpoint):
    assert is_public(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "//fcm.googleapis.com/x",
        "fcm.googleapis.com",
        "ftp://push.example.org/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://localhost/x",
        "https://localhost.localdomain/x",
        "https://push/x",
        "https://router.lan/x",
        "https://printer.local/x",
        "https://metadata.google.internal/x",
        "https://1.0.0.127.in-addr.arpa/x",
        "https://127.0.0.1/x",
        "https://127.1/x",
        "https://2130706433/x",
        "https://0x7f000001/x",
        "https://0x7f.0.0.0x1/x",
        "https://10.0.0.1/x",
        "https://192.168.1.1/x",
        "https://169.254.169.254/latest",
        "https://8.8.8.8/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://[fd00::1]/x",
        "https://push.example.org:8443/x",
        "https://push.example.org:22/x",
        "https://push.example.org:x/x",
        "https://push.example.org:99999/x",
        "https://me:secret@push.example.org/x",
        "https://me@127.0.0.1/x",
        "https://push.example.org\\@127.0.0.1/x",
        "https://127.0.0.1#.example.org/x",
        "https://127.0.0.1?.example.org/x",
        "https://push.example.org /x",
        "https://push.example.org\r\nHost: x/",
        "https://pu\u200bsh.example.org/x",
        "https://①②⑦.⓪.⓪.①/x",
        "https://push..example.org/x",
        "https://-push.example.org/x",
        "https://[::1/x",
        "",
    ],
)
def test_an_address_from_here_or_of_a_wrong_kind_is_refused(endpoint):
    assert not is_public(endpoint)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("2002:7f00:0001::", False),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b:1::a00:1", False),
        ("::7f00:1", False),
        ("::ffff:0:a00:1", False),
        ("fec0::1", False),
    ],
)
def test_which_numbers_lie_on_the_public_net(address, public):
    assert is_public_number(address) is public


@given(
    some.recursive(
        some.none() | some.text() | some.integers(),
        lambda deep: some.dictionaries(
            some.sampled_from(["endpoint", "keys", "p256dh", "auth"]), deep
        ),
    )
)
def test_whatever_is_sent_is_read_or_refused(body):
    with pytest.raises(SubscriptionError):
        read(body)
