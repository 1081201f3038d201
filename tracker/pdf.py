"""A page as a PDF. WeasyPrint needs Pango, which no wheel brings: where it is missing, say so."""

from functools import cache

NOTHING_OUTSIDE = "A printed page loads nothing: everything is written into it."


@cache
def available() -> bool:
    """Whether PDFs can be made here; loading what makes them takes a moment, once."""
    try:
        import weasyprint  # noqa: F401
    except OSError:  # one of Pango's libraries was not found
        return False
    return True


def made_of(page: str, css: str) -> bytes:
    """The PDF of an HTML page in this style. Takes about a second: hold no lock meanwhile."""
    from weasyprint import CSS, HTML

    style = CSS(string=css, url_fetcher=_refuse)
    return HTML(string=page, url_fetcher=_refuse).write_pdf(stylesheets=[style])


def _refuse(url: str, *_more: object, **_others: object) -> dict[str, bytes]:
    raise ValueError(f"{NOTHING_OUTSIDE} ({url})")
