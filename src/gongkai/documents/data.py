"""A report as its own JSON (report-format: `gongkai.report/1`)."""

from __future__ import annotations

import json

from gongkai.annual.report import Report


def to_json(report: Report) -> bytes:
    """The report's JSON in UTF-8; keys in the order of the format, so that the same report gives the same bytes.

    Numbers are those of the report's own JSON; a lone surrogate, which no file can hold, becomes U+FFFD.
    """
    text = json.dumps(report.to_json(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return text.encode("utf-8", errors="surrogatepass").decode("utf-8", errors="replace").encode()
