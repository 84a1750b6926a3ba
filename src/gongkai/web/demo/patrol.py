"""Two walks through the county's invented site: some hits put right between them, some answered, one set aside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from gongkai import __version__
from gongkai.patrol import checks
from gongkai.patrol.kinds import KINDS
from gongkai.patrol.results import Header, Hit, Page, Result, Summary, to_bytes
from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import County, Organ
from gongkai.web.patrol.models import Task
from gongkai.web.patrol.services import tasks
from gongkai.web.patrol.services.intake import bring_in
from gongkai.web.patrol.services.settings import set_routes

SITE, HOST = "云岭县人民政府网", "www.yunling.example.cn"
ROOT = f"http://{HOST}"
ROUTES = {
    "jyj/": "云岭县教育局",
    "zrzy/": "云岭县自然资源局",
    "sqz/": "云岭县石桥镇人民政府",
    "zwgk/": "云岭县人民政府办公室",
}
_HITS = (
    ("dead_link", "/jyj/zs/2025.html", "/jyj/fj/huapian.html", "页面上的链接", "义务教育学校划片范围", "先后两次访问，服务器都回答没有这个页面（状态404）。"),
    ("broken_file", "/zrzy/gh/sq.html", "/zrzy/fj/sqb.docx", "页面上的链接", "建设用地规划许可申请表", "先后两次访问，服务器都回答没有这个页面（状态404）。"),
    ("personal", "/sqz/tzgg/dbjz.html", "", "第1个表格第3行第4格", "身份证号 5325＊＊＊＊＊＊＊＊＊＊＊＊21", "身份证号：像是公民身份号码。这一栏共有12处。"),
    ("stale_column", "/sqz/dt/", "", "栏目“工作动态”", "工作动态", "动态要闻类栏目前2周内应有更新，最近一条是上月的。"),
    ("blank_column", "/zrzy/jd/", "", "栏目“政策解读”", "政策解读", "栏目页上没有找到任何条目。由脚本加载的内容不在检查范围内，请先在浏览器中核对。"),
    ("undated_item", "/jyj/tzgg/kx.html", "", "页面", "关于开学报到的通知", "页面上没有找到发布日期。"),
    ("leader", "/zwgk/hy/202510.html", "", "第5段", "县长 王晓红 主持会议", "领导姓名和职务：与本单位名单不一致。"),
    ("misspelt", "/zwgk/gzbs/2025.html", "", "第9段", "…惯彻落实…", "疑似错别字：“惯彻”疑为“贯彻”之误。"),
    ("template_residue", "/xwzx/cs.html", "", "标题", "测试标题", "像是测试内容。"),
    ("broken_picture", "/xwzx/tp/11.html", "/xwzx/tp/11.jpg", "页面上的链接", "现场照片", "先后两次访问，服务器都回答没有这个页面（状态404）。"),
)  # fmt: skip
_PUT_RIGHT = ("broken_file", "misspelt")


def load_patrol(county: County, audit: Audit) -> None:
    """Bring in the two walks and let some be worked on. Only into an empty house."""
    now = timezone.now().replace(microsecond=0)
    today = timezone.localdate()
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk)}
    rows = [(f"{HOST}/{path}", str(organs[name].pk)) for path, name in ROUTES.items() if name in organs]
    set_routes(audit=audit, rows=rows, valid_from=today - timedelta(days=60))
    bring_in(audit=audit, data=_result(now - timedelta(days=12), [row[0] for row in _HITS]))
    found = {task.kind: task for task in Task.objects.filter(county=county.pk)}
    tasks.dismiss(audit=audit, task=found["leader"], words="另一位同音不同字的工作人员，已核对任免文件。")
    left = [row[0] for row in _HITS if row[0] not in _PUT_RIGHT]
    bring_in(audit=audit, data=_result(now - timedelta(days=2), left))
    tasks.answer(audit=audit, task=found["dead_link"], words="已改为新的划片范围页面。")


def _result(at: datetime, kinds: Iterable[str]) -> bytes:
    met = set(kinds)
    hits = [Hit(kind, ROOT + path, ROOT + target if target else "", *said) for kind, path, target, *said in _HITS]
    moment = at.isoformat()
    pages = {f"{ROOT}/": Page(f"{ROOT}/", "page", moment, 200, title=SITE)}
    for hit in hits:
        pages[hit.url] = Page(hit.url, "page", moment, 200)
        if hit.target:
            gone = hit.kind in met
            pages[hit.target] = Page(hit.target, "page", moment, 404 if gone else 200, attempt=2 if gone else 1)
    missed = f"{ROOT}/video/2025.html"
    pages[missed] = Page(missed, "page", moment, None, "timeout", attempt=2)
    header = Header(
        SITE,
        __version__,
        moment,
        (f"{ROOT}/",),
        (HOST,),
        {"checks": [k for k in KINDS if k != "unreviewed"], "words": "demo"},
    )
    counts = {"pages": 486, "pictures": 213, "files": 97, "not_fetched": 1}
    columns = (
        {"name": "工作动态", "address": f"{ROOT}/sqz/dt/", "kind": "news", "state": "stale_column", "newest": ""},
        {"name": "政策解读", "address": f"{ROOT}/zrzy/jd/", "kind": "policy", "state": "blank_column", "newest": ""},
    )
    summary = Summary((at + timedelta(minutes=14)).isoformat(), "done", counts, columns)
    kept = tuple(checks.marked(hit for hit in hits if hit.kind in met))
    return to_bytes(Result(header, pages, kept, summary))
