"""Setting the matters of the application desk: each value is checked by what the core allows, then kept from a day on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.letters import letter_types
from gongkai.onrequest.remedies import Mode, refusal_of_setting
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.messages.channels import check_address
from gongkai.web.onrequest import rulekeys as keys
from gongkai.web.organs.models import Organ
from gongkai.web.rules.models import Setting
from gongkai.web.rules.services import set_value

_WORD = re.compile(r"[\u4e00-\u9fff]{1,8}")
_ADDRESS = re.compile(r"https?://[\w.-]+(?::[0-9]{1,5})?(?:/[\w./?=&%#~+-]*)?", re.ASCII)
FEES_SINCE = date(2021, 1, 1)


def _from(on: date | None) -> date:
    return on or timezone.localdate()


def set_fee(*, audit: Audit, organ: Organ, charging: bool, on: date | None = None, reason: str = "") -> Setting | None:
    """Switch the fee of one organ on or off; never across the county. Refused for a day before the measure."""
    if charging and _from(on) < FEES_SINCE:
        raise Refused("信息处理费自2021年1月1日起才有收费标准，不能从更早的日期启用。")
    if charging and not reason.strip():
        raise Refused("启用收费请写明依据，例如上级的规定、收费的批准文件和缴款账户。")
    return set_value(audit=audit, key=keys.FEE, value=charging, valid_from=_from(on), organ=organ.pk, reason=reason)


def set_remedies(*, audit: Audit, modes: Mapping[str, str], on: date | None = None, reason: str = "") -> Setting | None:
    """Set how the rows tell of remedies that the law leaves unsettled. Refused for a row that the law has settled."""
    chosen: dict[str, str] = {}
    for code, said in modes.items():
        if not said:
            continue
        if code not in decisions() or said not in set(Mode):
            raise Refused("没有这种处理决定或者告知方式。")
        why = refusal_of_setting(code, Mode(said))
        if why:
            raise Refused(why)
        chosen[code] = said
    return set_value(audit=audit, key=keys.REMEDIES, value=chosen, valid_from=_from(on), reason=reason)


def set_print_optional(*, audit: Audit, organ: Organ, printed: bool, on: date | None = None) -> Setting | None:
    """Whether procedural notices (supplement, extension, fee) bear a neutral paragraph on remedies."""
    return set_value(audit=audit, key=keys.PRINT_OPTIONAL, value=printed, valid_from=_from(on), organ=organ.pk)


def series_words() -> list[str]:
    """The words of the document numbers that an organ may change."""
    return sorted({kind.series for kind in letter_types().values() if kind.series})


def set_series(*, audit: Audit, organ: Organ, words: Mapping[str, str], year: int) -> Setting | None:
    """The organ's own words in its document numbers, from a year on: a series runs by the year.

    Refused for what is no word of one to eight Chinese characters, and where two kinds would share a word.
    """
    known = series_words()
    chosen = {key: said.strip() for key, said in words.items() if said.strip() and said.strip() != key}
    for key, said in chosen.items():
        if key not in known or not _WORD.fullmatch(said):
            raise Refused(f"“{said}”不能用作文号字样，请填写1至8个汉字。")
    final = [chosen.get(key, key) for key in known]
    if len(set(final)) < len(final):
        raise Refused("两类文书的字样相同，文号会混淆，请改用不同的字样。")
    if year < timezone.localdate().year:
        raise Refused("文号字样从年初起用，不能改动以前年度的。")
    return set_value(audit=audit, key=keys.SERIES, value=chosen, valid_from=date(year, 1, 1), organ=organ.pk)


def set_reminders(*, audit: Audit, days: Mapping[str, int | None], on: date | None = None) -> Setting | None:
    """How many working days before the due day each is reminded: the handler first, the competent department last."""
    chosen = {stage: days.get(stage) for stage in keys.STAGES}
    told = [n for n in chosen.values() if n is not None]
    if len(told) < len(chosen) or any(not 0 <= n <= 15 for n in told):
        raise Refused("提前的工作日数应当是0至15的整数。")
    if told != sorted(told, reverse=True):
        raise Refused("应当先提醒承办人，再提醒负责人，最后提醒主管部门：提前的工作日数依次不能增加。")
    return set_value(audit=audit, key=keys.REMINDERS, value=chosen, valid_from=_from(on))


def set_mailbox(*, audit: Audit, organ: Organ, address: str, on: date | None = None) -> Setting | None:
    """The office mailbox that gets reminders; empty: none. It is the office's, never a person's."""
    plain = check_address("email", address) if address.strip() else ""
    return set_value(audit=audit, key=keys.MAILBOX, value=plain, valid_from=_from(on), organ=organ.pk)


def set_days(
    *, audit: Audit, key: str, days: int | None, organ: Organ | None = None, on: date | None = None
) -> Setting | None:
    """The office's own limit for complaints (the county's) or corrections (an organ's); None: no limit."""
    if key not in (keys.COMPLAINT_DAYS, keys.CORRECTION_DAYS):
        raise Refused("没有这一项设置。")
    if days is not None and not 1 <= days <= keys.MOST_DAYS:
        raise Refused(f"办理期限应当是1至{keys.MOST_DAYS}个工作日；不设期限的请留空。")
    return set_value(audit=audit, key=key, value=days, valid_from=_from(on), organ=organ.pk if organ else None)


def set_counting(*, audit: Audit, merged: str, split: str, year: int) -> Setting | None:
    """How merged and split applications are counted, from a year on: one policy for all organs and tables."""
    if merged not in keys.MERGED or split not in keys.SPLIT:
        raise Refused("请选择合并、拆分的统计口径。")
    if year < timezone.localdate().year:
        raise Refused("统计口径不能改动以前年度的。")
    return set_value(
        audit=audit, key=keys.COUNTING, value={"merged": merged, "split": split}, valid_from=date(year, 1, 1)
    )


def set_online_review(*, audit: Audit, organ: Organ, address: str, on: date | None = None) -> Setting | None:
    """Where reconsideration is applied for on line: named in replies that are served on line. Empty: none is named."""
    plain = address.strip()
    if plain and not _ADDRESS.fullmatch(plain):
        raise Refused("请填写以 https:// 或者 http:// 开头的网址；没有网上渠道的请留空。")
    return set_value(audit=audit, key=keys.ONLINE_REVIEW, value=plain, valid_from=_from(on), organ=organ.pk)


def set_retention(*, audit: Audit, organ: Organ, periods: Mapping[str, str], on: date | None = None) -> Setting | None:
    """How long the organ keeps its cases. Refused for what is no period."""
    chosen = {kind: periods.get(kind, "") for kind in keys.RETAINED}
    if not set(chosen.values()) <= set(keys.PERIODS):
        raise Refused(f"保管期限请选择{'、'.join(keys.PERIODS)}。")
    return set_value(audit=audit, key=keys.RETENTION, value=chosen, valid_from=_from(on), organ=organ.pk)
