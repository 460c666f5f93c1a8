"""A brief as a Word document, by python-docx: headings, tables with head rows, links, the picture with its words."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any

from bikgraph.briefs import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.table import _Cell as WordCell
    from docx.table import _Row
    from docx.text.paragraph import Paragraph

    from bikgraph.briefs.content import Brief, Item, Part, Source

# Points, and the part of the page that is written on, in millimetres.
_TEXT, _TITLE, _HEADING = 9.3, 15, 10.5
_WIDTH, _HEIGHT = 182, 235
_BLUE = "0B4F8A"
# The first moment that a .zip file can tell: a file written later has the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def write(brief: Brief) -> bytes:
    """The whole file, with no moment of writing in it."""
    import docx

    document = docx.Document()
    _set_up(document, brief)
    document.add_heading(brief.title, 1)
    document.add_paragraph(brief.lead)
    for part in brief.parts:
        _add_part(document, brief, part)
    document.add_heading("Sources", 2).paragraph_format.page_break_before = True
    document.add_paragraph(words.sources_lead(brief))
    for source in brief.sources:
        _add_source(document, source)
    document.add_heading("Picture of the network", 2).paragraph_format.page_break_before = True
    _add_picture(document, brief)
    document.add_paragraph(words.footer(brief))
    written = io.BytesIO()
    document.save(written)
    return _without_moments(written.getvalue())


def _set_up(document: Document, brief: Brief) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - _WIDTH) / 2)
    section.top_margin = section.bottom_margin = Mm(11)
    section.header_distance = section.footer_distance = Mm(5)
    for name, size, before, after in (
        ("Normal", _TEXT, 0, 2),
        ("Heading 1", _TITLE, 0, 3),
        ("Heading 2", _HEADING, 5, 1),
    ):
        style: Any = document.styles[name]
        style.font.size = Pt(size)
        style.font.name = "Arial"
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(_BLUE)
            fonts = style.element.rPr.rFonts
            # The template's theme would win over the name of a font.
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
    about = document.core_properties
    about.title, about.author, about.language, about.comments = brief.title, "bikgraph", "en", words.footer(brief)
    moment = datetime.datetime.fromisoformat(brief.day or "2000-01-01")
    about.created = about.modified = moment
    about.last_modified_by, about.revision = "bikgraph", 1


def _add_part(document: Document, brief: Brief, part: Part) -> None:
    document.add_heading(part.title, 2)
    lead = document.add_paragraph(part.lead)
    if part.entries:
        lead.paragraph_format.keep_with_next = True
        _add_table(document, brief, part)
    if part.rest():
        paragraph = document.add_paragraph(f"{part.rest()}: ")
        paragraph.add_run(part.more).font.name = "Courier New"
        paragraph.add_run(" · ")
        _add_link(paragraph, brief.address)


def _add_table(document: Document, brief: Brief, part: Part) -> None:
    from docx.shared import Mm

    rows = part.rows()
    table = document.add_table(len(rows) + 1, len(part.heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, part.widths, strict=True):
        column.width = Mm(_WIDTH * width)
    head, *body = lines = list(table.rows)
    _mark(head, "w:tblHeader")  # read out with each cell, and shown again on the next page
    for cell, title in zip(head.cells, part.heads, strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    for row, shown in zip(rows, body, strict=True):
        _mark(shown, "w:cantSplit")
        for at, (cell, items) in enumerate(zip(shown.cells, row.cells, strict=True)):
            _fill_cell(cell, brief, items, bold=at == 0)
    for line in lines:
        for cell, width in zip(line.cells, part.widths, strict=True):
            cell.width = Mm(_WIDTH * width)
            cell.paragraphs[0].paragraph_format.space_after = 0
            # What has given way is not told on another page than the table's end.
            cell.paragraphs[0].paragraph_format.keep_with_next = part.left_out > 0 and line is lines[-1]


def _mark(row: _Row, name: str) -> None:
    """Give a row a property that python-docx has no call for."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - see above


def _fill_cell(cell: WordCell, brief: Brief, items: Sequence[Item], *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    for at, item in enumerate(items):
        paragraph.add_run((" · " if at else "") + item.text).bold = bold
        if notes := brief.notes(item):
            paragraph.add_run(",".join(map(str, notes))).font.superscript = True


def _add_source(document: Document, source: Source) -> None:
    from docx.shared import Mm

    before, behind = words.source_words(source)
    paragraph = document.add_paragraph(f"{source.number}.\t{before} ")
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(7), Mm(-7)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(7))
    if words.is_web(source.address):
        _add_link(paragraph, source.address)
    else:
        paragraph.add_run(source.address)
    paragraph.add_run(f" {behind}")


def _add_link(paragraph: Paragraph, address: str) -> None:
    """A link to a web page: python-docx reads them, but has no call that makes one."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor
    from docx.text.run import Run

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = Run(OxmlElement("w:r"), paragraph)
    run.text = address
    run.font.color.rgb = RGBColor.from_string(_BLUE)
    link.append(run._r)  # noqa: SLF001 - see above
    paragraph._p.append(link)  # noqa: SLF001


def _add_picture(document: Document, brief: Brief) -> None:
    from docx.shared import Mm

    if brief.picture is None:
        document.add_paragraph(brief.no_picture)
        return
    drawn = document.add_picture(io.BytesIO(brief.picture.image), width=Mm(_WIDTH))
    if drawn.height > Mm(_HEIGHT):
        drawn.width, drawn.height = int(drawn.width * Mm(_HEIGHT) / drawn.height), Mm(_HEIGHT)
    named = drawn._inline.docPr  # noqa: SLF001 - python-docx has no call for the words of a picture
    named.set("descr", brief.picture.alternative)
    named.set("name", brief.picture.title)
    document.add_paragraph(brief.picture.title)


def _without_moments(data: bytes) -> bytes:
    """The same .zip file, in which no member tells when it was written."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, _MOMENT), before.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
