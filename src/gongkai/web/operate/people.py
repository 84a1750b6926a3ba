"""`gongkai user`, `gongkai keys`, `gongkai audit`: people, keys and the audit from the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.web.operate.prepare import prepare_store


def _desk() -> tuple[Any, Any]:
    """The county, and the audit of whoever sits at the machine itself."""
    prepare_store()
    from gongkai.web.audit.services import Audit
    from gongkai.web.organs.services import ensure_county
    from gongkai.web.people.services import ensure_local_operator

    county = ensure_county()
    return county, Audit(actor=ensure_local_operator(county.pk).pk, county=county.pk)


def add_user(name: str, *, role: str, organ: str = "", login: str = "") -> list[str]:
    """A person with a role and an account; what is to be told them. Refused as on the page."""
    county, audit = _desk()
    from django.db import transaction

    from gongkai.web.facts import Refused
    from gongkai.web.organs.selectors import organ_named
    from gongkai.web.people import accounts, services
    from gongkai.web.people.permissions import ROLES
    from gongkai.web.people.selectors import accounts_on, missing_administrators

    here = organ_named(county.pk, organ) if organ else None
    if organ and here is None:
        raise Refused(f"没有名为“{organ}”的机关，请先用 gongkai organ add 登记。")
    was_on = accounts_on()
    with transaction.atomic():
        person = services.add_person(audit=audit, name=name)
        services.appoint(audit=audit, person=person, role=role, organ=here)
        first = accounts.open_account(audit=audit, person=person, login=login or name)
    where = f"（{here.name}）" if here else ""
    lines = [
        f"已添加{person.name}：{ROLES[role]}{where}。",
        f"用户名：{accounts.plain_login(login or name)}",
        f"首次口令：{first}",
        "首次口令只显示这一次，请当面告知本人；首次登录时必须修改。",
    ]
    if accounts_on():
        lines += (
            []
            if was_on
            else ["三类管理员的账号已经齐全，从现在起人人登录，gongkai serve 可以用 --host 在其他地址上提供服务。"]
        )
    else:
        lines.append("现在仍是单人模式；还缺：" + "、".join(ROLES[r] for r in missing_administrators()) + "。")
    return lines


def rotate_keys() -> str:
    """A new key for what is sealed from now on."""
    county, audit = _desk()
    from django.db import transaction

    from gongkai.web import sealed

    with transaction.atomic():
        number = sealed.rotate()
        audit.record("people.rotate_keys", county, {"version": number})
    return f"已启用第{number}版密钥。以前的内容仍用以前的密钥打开，请勿删除旧的密钥文件，并请重新备份密钥文件夹。"


def check_keys() -> str:
    """Whether the keys belong to the data. KeysMissing when they do not."""
    _desk()
    from gongkai.web import sealed

    return f"密钥与数据相符，现用第{sealed.check_keys()}版。"


def verify_audit() -> tuple[str, tuple[str, ...]]:
    """The verdict on the county's audit, and its faults."""
    county, _ = _desk()
    from gongkai.web.audit import chain
    from gongkai.web.audit.verify import verify

    chain.seal(county.pk)
    verdict = verify(county.pk)
    return verdict.words, verdict.faults


def audit_head(day: str = "") -> list[str]:
    """The signed head of a day (now when none is said), to be printed and put away."""
    county, _ = _desk()
    from gongkai.web.audit import chain, heads
    from gongkai.web.facts import Refused

    try:
        head = heads.head_of(county.pk, date.fromisoformat(day)) if day else chain.sign_today(county.pk)
    except ValueError:
        raise Refused("日期应写成2026-03-02这样。") from None
    if head is None:
        raise Refused(f"{day or '现在'}没有签名的封存值。")
    return [
        f"{county.name} 审计记录封存单",
        f"签名时间：{head.at}",
        f"封存条数：{head.number}",
        f"封存值：{head.link}",
        f"签名（Ed25519）：{head.signature}",
        f"公钥：{heads.public_key()}",
    ]
