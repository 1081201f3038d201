"""After a firm session at the hip or the buttock one is told what to watch for."""

import pytest

WATCH = "Firm pressure here: what to watch for in the next hours"


@pytest.mark.parametrize(
    ("spot", "level", "told"),
    [
        ("top-of-buttock", 4, True),
        ("side-hip", 4, True),
        ("side-hip", 5, True),
        ("top-of-buttock", 3, False),
        ("top-of-buttock", None, False),
        ("upper-back", 4, False),
    ],
)
def test_it_stands_after_and_on_the_summary(as_alice, alice, add_session, spot, level, told):
    massage = add_session(alice, spot, peak_level=level)
    for path in (f"/sessions/{massage.id}", f"/sessions/{massage.id}/after"):
        page = as_alice.get(path).text
        assert (WATCH in page) is told
        assert ("pain that grows fast, or a numb or weak leg is an emergency" in page) is told
