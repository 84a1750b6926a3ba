"""The invented people of the demonstration: one for every role, without accounts."""

from __future__ import annotations

from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.tree import change_organ
from gongkai.web.people.models import Person
from gongkai.web.people.services import add_person, appoint

OFFICE = "云岭县人民政府办公室"
PEOPLE: tuple[tuple[str, str, str], ...] = (
    ("何静", "competent", OFFICE),
    ("孙志远", "leader", OFFICE),
    ("林晓", "mail_room", "云岭县教育局"),
    ("王芳", "clerk", "云岭县教育局"),
    ("李强", "reviewer", "云岭县教育局"),
    ("陈海", "head", "云岭县教育局"),
    ("周敏", "clerk", "云岭县自然资源局"),
    ("吴磊", "reviewer", "云岭县自然资源局"),
    ("郑洁", "head", "云岭县自然资源局"),
    ("黄莉", "clerk", "云岭县石桥镇人民政府"),
    ("徐亮", "head", "云岭县石桥镇人民政府"),
    ("系统管理员", "system_admin", ""),
    ("安全管理员", "security_admin", ""),
    ("审计管理员", "audit_admin", ""),
)
WORDS = {
    OFFICE: "云政办",
    "云岭县教育局": "云教",
    "云岭县自然资源局": "云自然资",
    "云岭县石桥镇人民政府": "云石桥",
}


def load_people(county: County, audit: Audit) -> dict[str, Person]:
    """The people of the demonstration, by name; the office named as competent department. Only into an empty house."""
    organs = {o.name: o for o in Organ.objects.filter(county=county.pk)}
    for name, word in WORDS.items():
        if name in organs:
            change_organ(audit=audit, organ=organs[name], word=word, competent=name == OFFICE)
    done = {}
    for name, role, organ in PEOPLE:
        if organ and organ not in organs:
            continue
        person = add_person(audit=audit, name=name, demonstration=True)
        appoint(audit=audit, person=person, role=role, organ=organs.get(organ) if organ else None)
        done[name] = person
    return done
