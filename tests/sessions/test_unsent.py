"""The page of what is on a phone only says nothing of anybody."""

from tests.sessions.conftest import guided, send


def test_it_is_the_same_for_everybody(client, as_alice):
    signed_out = client.get("/unsent")
    assert signed_out.status_code == 200
    main = signed_out.text.split("<main", 1)[1]
    assert main == as_alice.get("/unsent").text.split("<main", 1)[1]
    assert "Set-Cookie" not in signed_out.headers


def test_it_names_every_spot_and_field(client):
    page = client.get("/unsent").text
    assert "Top of the buttock" in page
    assert "the strongest discomfort" in page


def test_the_questions_afterwards_come_with_what_the_phone_needs(as_alice):
    session = send(as_alice, guided()).json
    page = as_alice.get(session["after"]).text
    assert f'"revision":{session["revision"]}' in page.replace(": ", ":")
    assert f'data-next="/sessions/{session["id"]}"' in page
