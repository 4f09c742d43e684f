"""What a device reads: QR codes. Brings `segno` along: only who shows one imports this."""

import segno


def qr_code(text: str, *, title: str) -> str:
    """The text as a QR code: SVG to stand in a page, dark on light whatever the page's colours are, since devices read it so."""
    drawn: str = segno.make(text, error="m", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr-code", lineclass=None, title=title
    )
    return drawn
