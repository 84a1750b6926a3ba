"""`gongkai organ add`: an organ of the county, founded from the command line."""

from __future__ import annotations

from gongkai.web.operate.prepare import prepare_store


def add_organ(name: str, *, kind: str, parent: str = "", competent: bool = False) -> str:
    """Found an organ; the sentence that says so. Refused when it is there already, or its parent is not."""
    prepare_store()
    from gongkai.web.audit.services import Audit
    from gongkai.web.facts import Refused
    from gongkai.web.organs.models import Organ
    from gongkai.web.organs.services import ensure_county
    from gongkai.web.organs.tree import LABELS, found_organ
    from gongkai.web.people.services import ensure_local_operator

    county = ensure_county()
    audit = Audit(actor=ensure_local_operator(county.pk).pk, county=county.pk)
    above = None
    if parent:
        above = Organ.objects.filter(county=county.pk, name="".join(parent.split()), valid_until__isnull=True).first()
        if above is None:
            raise Refused(f"没有登记过上级机关“{parent}”，请先登记它。")
    organ = found_organ(audit=audit, county=county.pk, name=name, form=kind, parent=above, competent=competent)
    words = [LABELS[organ.form]]
    if above:
        words.append(f"上级{above.name}")
    if competent:
        words.append("政府信息公开工作主管部门")
    return f"已登记“{organ.name}”（{'，'.join(words)}）。"
