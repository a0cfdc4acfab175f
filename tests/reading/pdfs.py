"""PDF files made for tests."""

import io
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas


def pdf_of(
    pages: Sequence[Sequence[str]],
    *,
    title: str | None = None,
    password: str | None = None,
    sizes: Mapping[str, float] = MappingProxyType({}),
) -> bytes:
    """A PDF with these lines on its pages, one under the other, `sizes` in points; an empty line is a gap."""
    out = io.BytesIO()
    encrypt = StandardEncryption(password, canPrint=0) if password is not None else None
    canvas = Canvas(out, pagesize=A4, encrypt=encrypt)
    if title is not None:
        canvas.setTitle(title)
    for lines in pages:
        for row, line in enumerate(lines):
            canvas.setFont("Helvetica", sizes.get(line, 12))
            canvas.drawString(60, 780 - 16 * row, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture_pdf() -> bytes:
    """A PDF with a drawing and no text, as a scan is."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rect(100, 100, 300, 500, fill=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
