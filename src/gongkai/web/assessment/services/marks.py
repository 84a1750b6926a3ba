"""What is said of an indicator: by the records, by the organ, by those who assess; and the files handed in for it."""

from __future__ import annotations

from django.db import transaction

from gongkai.oversight import Apart, Unknown, Value
from gongkai.oversight.values import Unfit, check_value, to_data
from gongkai.text.personal import masked
from gongkai.web.assessment.computing import COMPUTERS, Asked
from gongkai.web.assessment.computing.base import MOST
from gongkai.web.assessment.models import Assessed, Mark, Proof
from gongkai.web.assessment.progress import MARKS, standing
from gongkai.web.assessment.selectors.sheets import Sheet, sheet
from gongkai.web.assessment.selectors.succeeding import behind, known_until
from gongkai.web.assessment.services.guard import not_at_home
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.files.services import check_file, plain_name, store

WORDS = 500
FILE_BYTES = 20 * 1024 * 1024
FILES, ALL_BYTES = 20, 200 * 1024 * 1024
"""How many files an indicator takes, and how much the whole package of an organ."""


def reckon(*, audit: Audit, assessed: Assessed) -> int:
    """Ask the records anew for every indicator that they tell of, as known at the cut-off. How many words changed."""
    with transaction.atomic():
        held = Assessed.objects.select_for_update().get(pk=assessed.pk, county=audit.county)
        now = sheet(held)
        if now.standing.stage not in ("self", "scoring"):
            raise Refused(f"现在是“{now.standing.stage_zh}”阶段，数据已经定下来，不再重新计算。")
        known_at, of = known_until(held.round), held.round
        asked = Asked(held.organ, held.form, of.first_on, of.last_on, known_at, behind(held).organs)
        made = []
        for line in now.lines:
            if not line.of.computed:
                continue
            found = COMPUTERS[line.of.computed](asked)
            value, members = to_data(found.value), [member.to_data() for member in found.members[:MOST]]
            words = found.says[:WORDS]
            last = line.computed
            if last and (last.value, last.members, last.known_at) == (value, members, known_at):
                continue
            made.append(
                Mark(
                    county=audit.county,
                    assessed=held,
                    indicator=line.of.key,
                    said_by="computed",
                    value=value,
                    words=words,
                    members=members,
                    known_at=known_at,
                    by=audit.actor,
                )
            )
        Mark.objects.bulk_create(made)
        audit.record("assessment.reckon", held, {"known_at": known_at.isoformat(), "marks": len(made)})
    return len(made)


def mark(*, audit: Audit, assessed: Assessed, indicator: str, value: Value, words: str, stage: str) -> Mark:
    """Say what an indicator is worth, in the stage that the person saw. Refused in another stage or for a wrong value.

    A reason is needed where the word differs from what the records say, or sets the indicator aside.
    """
    with transaction.atomic():
        held = Assessed.objects.select_for_update().get(pk=assessed.pk, county=audit.county)
        now = sheet(held)
        if now.standing.stage != stage or stage not in MARKS:
            raise Refused(f"现在是“{now.standing.stage_zh}”阶段，请刷新后核对；您填写的内容没有保存。")
        if stage != "self":
            not_at_home(audit, held.organ_id)
        return said_of(audit, now, indicator, value, words, MARKS[stage])


def said_of(audit: Audit, now: Sheet, indicator: str, value: Value, words: str, said_by: str) -> Mark:
    """Write a word down, inside the caller's transaction. Refused for a wrong value or without a needed reason."""
    line = now.line(indicator)
    if line is None:
        raise Refused("方案中没有这个指标。")
    try:
        check_value(line.of, value)
    except Unfit as error:
        raise Refused(str(error)) from error
    said = words.strip()
    if len(said) > WORDS:
        raise Refused(f"说明最多{WORDS}字。")
    differs = line.computed is not None and to_data(value) != line.computed.value
    if not said and (differs or isinstance(value, Apart | Unknown)):
        raise Refused("与系统计算的不一致，或者记为不适用、看不到的，请写明理由。")
    row = Mark.objects.create(
        county=audit.county,
        assessed=now.assessed,
        indicator=indicator,
        said_by=said_by,
        value=to_data(value),
        words=masked(said),
        by=audit.actor,
    )
    audit.record(f"assessment.mark_{said_by}", row, {"assessed": str(now.assessed.pk), "indicator": indicator})
    return row


def prove(*, audit: Audit, assessed: Assessed, indicator: str, name: str, data: bytes, words: str = "") -> Proof:
    """Hand in a file for an indicator, while the organ's own stage lasts. Refused above what is taken."""
    kind = check_file(name=name, data=data, limit=FILE_BYTES)
    if len(words.strip()) > 200:
        raise Refused("材料的说明最多200字。")
    with transaction.atomic():
        held = Assessed.objects.select_for_update().get(pk=assessed.pk, county=audit.county)
        now = sheet(held)
        line = now.line(indicator)
        if line is None:
            raise Refused("方案中没有这个指标。")
        _own_stage(held)
        if len(line.proofs) >= FILES:
            raise Refused(f"每个指标最多{FILES}份材料，请合并后上传。")
        if sum(proof.size for each in now.lines for proof in each.proofs) + len(data) > ALL_BYTES:
            raise Refused(f"全部佐证材料合计不能超过{ALL_BYTES // 1024 // 1024}MB，请压缩图片或者减少材料。")
        file = store(audit=audit, name=name, data=data)
        row = Proof.objects.create(
            county=audit.county,
            assessed=held,
            indicator=indicator,
            file=file,
            name=plain_name(name)[-120:],
            media_type=kind,
            size=len(data),
            words=masked(words.strip()),
            by=audit.actor,
        )
        audit.record("assessment.prove", row, {"assessed": str(held.pk), "indicator": indicator})
    return row


def take_back(*, audit: Audit, proof: Proof) -> Proof:
    """Take a file back while the organ's own stage lasts; it stays on record and is no longer shown."""
    with transaction.atomic():
        held = Assessed.objects.select_for_update().get(pk=proof.assessed_id, county=audit.county)
        _own_stage(held)
        if Proof.objects.filter(ends=proof).exists():
            raise Refused("这份材料已经撤回。")
        row = Proof.objects.create(
            county=audit.county,
            assessed=held,
            indicator=proof.indicator,
            name=proof.name,
            ends=proof,
            by=audit.actor,
        )
        audit.record("assessment.take_back", row, {"assessed": str(held.pk), "proof": str(proof.pk)})
    return row


def _own_stage(held: Assessed) -> None:
    then = standing(held.deeds.order_by("seq"))
    if then.stage != "self":
        raise Refused(f"现在是“{then.stage_zh}”阶段，佐证材料只能在自评阶段增减。")
