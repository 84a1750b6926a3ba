"""A little site on 127.0.0.1 with one of each defect, a clock that nobody waits for, and servers that mean harm."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
Answer = tuple[int, dict[str, str], bytes]


class Clock:
    """Time goes by when somebody waits, and a little with every look."""

    def __init__(self) -> None:
        self.gone = 0.0
        self.waits: list[float] = []

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.gone)

    def seconds(self) -> float:
        return self.gone

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.gone += seconds


class Server:
    """Answers from a table: a page, or a function of the handler for what is no good answer."""

    def __init__(self, pages: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]]) -> None:
        self.pages = pages
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 1 << 16

            def do_GET(self) -> None:
                outer.asked.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}))
                found = outer.pages.get(self.path, (404, {}, b"no such page"))
                if callable(found):
                    self.close_connection = True
                    found(self)
                    return
                status, headers, body = found
                if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_HEAD = do_GET  # noqa: N815 - the library's name

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who hangs up is part of the test
        self._server.block_on_close = False
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.root = f"http://{self.host}"

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]

    @contextmanager
    def open(self) -> Iterator[Server]:
        thread = threading.Thread(target=lambda: self._server.serve_forever(0.01), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def page(body: str, title: str = "凌川县人民政府", head: str = "", **headers: str) -> Answer:
    nav = "".join(
        f'<a href="/{name}/">{says}</a>' for name, says in (("tzgg", "通知公告"), ("news", "动态"), ("empty", "空栏目"))
    )
    html = f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body><div>{nav}</div>{body}<div>版权所有：凌川县人民政府</div></body></html>"
    return 200, {name.replace("_", "-"): value for name, value in headers.items()}, html.encode()


def article(title: str, day: str, body: str) -> Answer:
    dated = f"<p>发布时间：{day}</p>" if day else ""
    return page(f"<h1>{title}</h1>{dated}<p>{body}</p>", title, f'<meta name="ArticleTitle" content="{title}">')


def listing(items: dict[str, str]) -> Answer:
    return page(
        "<ul>"
        + "".join(f'<li><a href="{path}">标题{path}</a><span>{day}</span></li>' for path, day in items.items())
        + "</ul>"
    )


GBK = (
    "<html><head><meta charset=gb2312><title>关于编码的说明</title></head><body><p>发布日期：2026-03-01</p>"
    "<p>本页使用国标编码，供核对。</p></body></html>"
)

DEFECTS: dict[str, Answer] = {
    "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"),
    "/": page(
        '<a href="/tzgg/">通知公告</a><a href="/news/">动态要闻</a><a href="/empty/">空栏目</a><a href="/gone.html">去年的计划</a>'
        '<a href="/private/x.html">内部</a><a href="/gbk.html">编码</a><a href="/moved.html">搬走</a><a href="/away.html">外站</a>'
        '<a href="/err.html">出错</a><img src="/logo.png" alt="徽标"><img src="/lost.png" alt="照片"><a href="/form.pdf">申请表</a>'
        '<a href="/lost.docx">附件</a><a href="/residue.html">样例</a><a href="/planted.html">新闻</a><a href="/zip.html">压缩</a>',
        ETag='"home-1"',
    ),
    "/tzgg/": listing({"/a1.html": "2026-03-01", "/a2.html": "2026-02-01"}),
    "/news/": listing({"/n1.html": "2026-01-05", "/n2.html": "2026-01-03"}),
    "/empty/": page(""),
    "/a1.html": article("关于公布救助名单的通知", "2026-03-01", "联系人张三，身份证号110101199003074514。"),
    "/a2.html": article("没有日期的通知", "", "这是一则没有注明发布日期的通知。"),
    "/n1.html": article("工作会议召开", "2026-01-05", "会议研究了政务公开工作。"),
    "/n2.html": article("调研活动", "2026-01-03", "县领导开展调研。"),
    "/gbk.html": (200, {"Content-Type": "text/html"}, GBK.encode("gbk")),
    "/moved.html": (302, {"Location": "/n1.html"}, b""),
    "/away.html": (302, {"Location": "http://other.example.com/"}, b""),
    "/err.html": (500, {}, b"oops"),
    "/logo.png": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/form.pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.4"),
    "/residue.html": article("测试标题", "2026-03-02", "欢迎使用，{{ content }}"),
    "/planted.html": page(
        '<p>发布时间：2026-03-02</p><div style="display:none"><a href="http://bet.example.org/">真人娱乐平台</a></div>'
        '<form action="/login"><input type="password"></form>', "新闻", '<script src="http://cdn.example.net/x.js?v=1"></script>',
    ),
    "/zip.html": (200, {"Content-Encoding": "gzip"}, gzip.compress("<title>压缩的页面</title><p>正文，发布日期：2026-03-03。</p>".encode())),
}  # fmt: skip
