"""What the interface tells of published information, as types."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from gongkai.proactive.catalogue import kinds
from gongkai.proactive.validity import VALIDITIES
from gongkai.web.api.schemas import OrganOut

_VALIDITIES = "、".join(f"{key.value}（{zh}）" for key, zh in VALIDITIES.items())


class EntryOut(Schema):
    """一条已公开的信息"""

    id: UUID = Field(description="标识，不变")
    index_number: str = Field(description="索引号，不变")
    title: str = Field(description="名称")
    kind: str = Field(description="种类：" + "、".join(f"{kind.key}（{kind.zh}）" for kind in kinds().values()))
    kind_words: str = Field(description="种类的中文")
    organ: OrganOut
    issuer: str = Field(description="发布机构")
    number: str = Field(description="发文字号，没有的为空")
    written_on: str = Field(description="成文日期")
    published_at: datetime = Field(description="公开的时刻")
    effective_on: str = Field(description="实施日期，没有的为空")
    expires_on: str = Field(description="有效期至：日期，或者“长期有效”，没有的为空")
    public_until: date | None = Field(description="公示截止日")
    validity: str | None = Field(description=f"今天的有效性：{_VALIDITIES}；不是公文的为空")
    validity_words: str = Field(description="有效性的中文")
    theme: str = Field(description="主题分类")
    items: list[str] = Field(description="法定主动公开事项的代码")
    columns: list[str] = Field(description="栏目的代码")
    topics: list[str] = Field(description="专题的代码")
    keywords: str = Field(description="关键词")
    summary: str = Field(description="内容概述")
    url: str = Field(description="网页的地址")


class EntriesOut(Schema):
    """已公开的信息，一页"""

    entries: list[EntryOut]
    cursor: str = Field(description="读取下一页用的游标；没有下一页时为空")
    more: bool = Field(description="后面还有")


class LinkOut(Schema):
    """与一条信息有关的另一条"""

    kind: str = Field(description="关系：interprets（解读）、amends（修改）、repeals（废止）、responds（回应）")
    says: str = Field(description="关系的中文")
    id: UUID
    title: str
    url: str


class WholeEntryOut(EntryOut):
    """一条已公开的信息，连同正文"""

    edition: int = Field(description="第几版，更正一次加一")
    body: str = Field(description="正文，经过净化的 HTML")
    text: str = Field(description="正文的文字")
    links: list[LinkOut]


class FileOut(Schema):
    """一条信息的一个文件"""

    id: UUID
    role: str = Field(description="attachment（附件）、picture（正文图片）、original（原文件）")
    name: str = Field(description="文件名")
    media_type: str = Field(description="文件类型")
    size: int = Field(description="字节数")
    alt: str = Field(description="图片的替代文字")
    url: str = Field(description="下载地址")


class ChangeOut(Schema):
    """公文的一次变动"""

    on: date = Field(description="自哪一天起")
    says: str = Field(description="修改、废止等")
    basis: str = Field(description="依据的文件")
    by: UUID | None = Field(description="依据的文件也公开的，它的标识")


class ValidityOut(Schema):
    """一件公文在一天的有效性"""

    on: date
    validity: str | None = Field(description=f"有效性：{_VALIDITIES}；不是公文的为空")
    words: str = Field(description="有效性的中文")
    says: str = Field(description="一句话的说明")
    since: date | None = Field(description="自哪一天起")
    changes: list[ChangeOut]
