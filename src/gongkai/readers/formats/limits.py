"""How much of a file is read before it is refused, each number with its reason. All are counts, none is a time."""

from __future__ import annotations

from gongkai.readers.errors import Unreadable

MEGABYTE = 1024 * 1024

MAX_FILE_BYTES = 100 * MEGABYTE
"""A report with scanned seals and photographs stays under this; 200 MB of noise does not."""

MAX_TEXT_BYTES = 16 * MEGABYTE
"""Plain text, Markdown and HTML: a province's report is under 1 MB; decoding and parsing take 10 times the size."""

MAX_PART_BYTES = 32 * MEGABYTE
"""One XML part of a DOCX, XLSX or OFD once inflated. A part of a long report is under 5 MB."""

MAX_PARTS_BYTES = 96 * MEGABYTE
"""All parts read of one package together."""

MAX_PACKAGE_PARTS = 20_000
"""Names in one package. Each page of an OFD and each picture is a part, and no report has this many."""

MAX_MARKUP_SIGNS = 1_500_000
"""`<` in a HTML document or XML part. An element costs the parser about 150 bytes, so this many stay under 250 MB."""

MAX_ATTRIBUTE_PAIRS = 100_000_000
"""Attributes of a tag compared with those before them, in one HTML document: 10,000 in one tag, or 10 in each of a
million. A parser does this many in two seconds."""

MAX_TAG_READING = 20
"""How many times over a HTML document is read to count them: signs that look like tags may stand within one another."""

MAX_CELLS = 60_000
"""Cells of tables in one document. A report has 300; an appendix of a hundred organs 30,000."""

MAX_GRID_STEPS = 2_000_000
"""Places visited while spans are laid out in one document: what a colspan of 10**8 costs is counted here."""

MAX_LINES = 400_000
"""Lines of one document."""

MAX_SPAN = 1_000
"""The widest span that HTML knows (the standard sets larger ones to this)."""

MAX_TABLE_DEPTH = 30
"""Tables within tables. Old web pages nest eight; deeper ones are read as words."""

MAX_PAGES = 400
"""Pages whose text is read from a PDF or OFD. A county's report has 20."""

MAX_GEOMETRY_PAGES = 60
"""Pages whose geometry is read, at 100 ms a page and more."""

MAX_PAGE_CHARACTERS = 60_000
"""Characters of one page. A dense page of a table has 3,000."""

MAX_PAGE_OBJECTS = 30_000
"""Drawn objects on one page whose geometry is read. Twice what the heaviest map behind a title page has."""

MAX_PAGE_RULES = 4_000
"""Ruled lines on one page: finding cells in them grows with the square."""

MAX_MERGES = 20_000
"""Merged ranges of one sheet. A form of a hundred organs has 2,000."""

MAX_TEXT_BOXES = 2_000
"""Text boxes of one document."""

MAX_SHEETS = 60
"""Sheets of one workbook."""

MAX_ARCHIVE_FILES = 5_000
"""Files in one archive of reports. A province has 3,000 organs."""

MAX_ARCHIVE_BYTES = 2_000 * MEGABYTE
"""What all files of one archive may inflate to together, counted while inflating. One is held at a time."""

MAX_RATIO = 200
"""Inflated size over packed size, counted while inflating; Word's own XML reaches 60, a bomb 1,000."""

RATIO_FREE_BYTES = 4 * MEGABYTE
"""Below this an archive member's ratio is not looked at: a blank form packs well."""

CONVERSION_SECONDS = 25
"""The only clock among the limits: what another program may take to convert an old format."""


def too_large(what: str = "文件") -> Unreadable:
    """The refusal for anything over its size."""
    return Unreadable(
        "too_large",
        f"{what}过大，超出一份年度报告应有的大小。",
        "请核对是否选错了文件，或另存为不含图片的版本后再试。",
    )


def too_many_cells() -> Unreadable:
    """The refusal for tables out of all proportion."""
    return Unreadable(
        "too_many_cells",
        "文件中表格的单元格数量或合并范围过大，不像一份年度报告。",
        "请核对是否选错了文件，或只保留报告正文后再试。",
    )


def too_deep() -> Unreadable:
    """The refusal for nesting that no editor makes."""
    return Unreadable("too_deep", "文件的标记嵌套层数过多，无法读取。", "请用文字处理软件打开后另存为 DOCX 再试。")


def damaged(what: str = "文件") -> Unreadable:
    """The refusal for a file that breaks the rules of its own format."""
    return Unreadable("damaged", f"{what}已损坏或不完整，无法读取。", "请重新获取原文件；能打开的，请另存一份后再试。")


def encrypted() -> Unreadable:
    """The refusal for a file under a password."""
    return Unreadable("encrypted", "文件设有打开密码，无法读取。", "请用密码打开后取消加密，另存一份再试。")


def nothing_in_it() -> Unreadable:
    """The refusal for a file without a word."""
    return Unreadable("empty", "文件中没有任何文字。", "请核对是否选错了文件。")


def unknown_format() -> Unreadable:
    """The refusal for bytes that are none of the formats read."""
    return Unreadable(
        "unknown_format",
        "无法识别文件的格式。",
        "请提供 DOCX、PDF、XLSX、HTML、OFD、文本或 Markdown 格式的报告；其他格式请先另存为 DOCX。",
    )
