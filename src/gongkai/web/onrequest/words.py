"""The words of choices that rows keep by their key: for models, forms and pages alike."""

from __future__ import annotations

from gongkai.onrequest import applicants

CHANNELS = tuple((rule.channel.value, rule.zh) for rule in applicants.CHANNELS.values())
PROVISIONS = (
    ("paper", "纸质"),
    ("email", "电子邮件"),
    ("disc", "光盘等载体"),
    ("inspect", "查阅、抄录"),
    ("any", "不限"),
)
MANNERS = (("post", "邮寄"), ("pick_up", "当面领取"), ("email", "电子邮件"), ("online", "网上查看"), ("fax", "传真"))
OPEN = ((0, "已办结"), (1, "未答复"), (2, "待归档"))
ORIGINS = (("desk", "录入"), ("portal", "网上申请"), ("api", "接口"), ("package", "数据包"), ("ledger", "台账导入"))
LINKS = (
    ("merged", "合并答复"),
    ("split", "拆分"),
    ("repeated", "重复申请"),
    ("related", "相关"),
    ("distinct", "确认不同"),
)
"""How two applications may belong together."""
