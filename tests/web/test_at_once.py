"""Two people, one case; two browsers, the last number: exactly one wins, the other is told and keeps what they typed."""

from __future__ import annotations

import subprocess
import sys

from tests.environment import ROOT, own_environment

AT_ONCE = """
import threading
from datetime import timedelta
from gongkai.web.operate.prepare import prepare_store
prepare_store()
from django.db import connection
from django.test import Client
from django.utils import timezone
from gongkai.onrequest.procedure import Act
from gongkai.web.annual.desk import open_desk
from gongkai.web.audit import chain, verify
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest.lettertext import current, loaded
from gongkai.web.onrequest.models import Application, Case, CaseEvent, Letter, Number
from gongkai.web.onrequest.services import letters
from gongkai.web.onrequest.services.facts import Overtaken
from gongkai.web.onrequest.services.intake import Incoming, Who, register
from gongkai.web.organs.models import Organ
from gongkai.web.people.selectors import local_operator
from tests.web.onrequest.steps import approved, granting

county = open_desk()
audit = Audit(actor=local_operator().pk, county=county.pk)
organ = Organ.objects.create(county=county.pk, name="云岭县交通运输局", form="department", word="云交")
today = timezone.localdate()


def at_once(*todo):
    # Each in a thread of its own, all let go together; what each gave, or the refusal.
    start, given = threading.Barrier(len(todo)), [None] * len(todo)

    def work(place, do):
        try:
            start.wait()
            given[place] = do()
        except Refused as error:
            given[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=each) for each in enumerate(todo)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert None not in given, given
    return given


def apply(n, once=""):
    who = Who("natural_person", "李清照", "identity_card", "110101199003074514", phone="13800001234")
    return register(audit=audit, incoming=Incoming(organ, "in_person", who, f"第{n}件的批复", today, once=once))


# Eight registrations at once, then the same one six times.
done = at_once(*(lambda n=n: apply(n) for n in range(8)))
assert sorted(d.application.number[-4:] for d in done) == [f"000{n}" for n in range(1, 9)], done
done = at_once(*(lambda: apply(9, "once-9") for _ in range(6)))
assert len({d.application.pk for d in done}) == 1 and len({d.query_code for d in done}) == 1
assert [d.again for d in done].count(False) == 1
assert Application.objects.count() == 9 and Number.objects.count() == 9


def ready(n):
    return Letter.objects.get(pk=approved(audit, granting(audit, apply(n).application)).pk)


# Two heads sign one letter: it has one number, one decision.
one = ready(20)
given = at_once(*(lambda: letters.sign(audit=audit, letter=one, on=today, seen=one.revision) for _ in range(2)))
assert [isinstance(g, Overtaken) for g in given].count(True) == 1, given
assert CaseEvent.objects.filter(application=one.application, kind="decided").count() == 1
assert Number.objects.filter(letter=one.pk).count() == 1
# Two letters take the next number; then both want the same one from the paper registry.
two, three = ready(21), ready(22)
given = at_once(*(lambda each=each: letters.sign(audit=audit, letter=each, on=today) for each in (two, three)))
assert len({Letter.objects.get(pk=each.pk).number for each in (one, two, three)}) == 3
four, five = ready(23), ready(24)
given = at_once(*(lambda each=each: letters.sign(audit=audit, letter=each, on=today, by_hand=77) for each in (four, five)))
refusals = [str(g) for g in given if isinstance(g, Refused)]
assert len(refusals) == 1 and "已经用过" in refusals[0], given
assert {Letter.objects.get(pk=each.pk).status for each in (four, five)} == {"signed", "approved"}

# Two browsers act on one case that both have before them.
application = apply(30).application
seen = str(Case.objects.get(application=application).revision)


def act(name, reason):
    form = {"on": today.isoformat(), "reason": reason, "seen": seen, "matter": "法律意见"}
    return Client(headers={"host": "localhost"}).post(f"/cases/{application.pk}/acts/{name}", form)


answers = at_once(lambda: act("withdraw", "申请人甲来电"), lambda: act("ask_counsel", "请法制审核乙"))
assert sorted(a.status_code for a in answers) == [302, 409], [a.content.decode()[-800:] for a in answers]
lost = next((a, typed) for a, typed in zip(answers, ("申请人甲来电", "请法制审核乙")) if a.status_code == 409)
page = lost[0].content.decode()
assert "刚刚有人办理过" in page and lost[1] in page, page
assert CaseEvent.objects.filter(application=application).count() == 2

# Two browsers write in one letter.
letter = letters.draft(audit=audit, application=apply(31).application, code="G2")
letter.refresh_from_db()


def write(words):
    form = {"seen": str(letter.revision), "f-provided": words}
    return Client(headers={"host": "localhost"}).post(
        f"/cases/{letter.application_id}/letters/{letter.pk}/steps/edit", form
    )


answers = at_once(lambda: write("甲写的批复"), lambda: write("乙写的批复"))
assert sorted(a.status_code for a in answers) == [302, 409], [a.status_code for a in answers]
kept = loaded(current(Letter.objects.get(pk=letter.pk))).fields["provided"]
page = next(a for a in answers if a.status_code == 409).content.decode()
assert "刚刚有人改过" in page and {"甲写的批复", "乙写的批复"} - {kept} <= {w for w in ("甲写的批复", "乙写的批复") if w in page}, page
# Six people save one part of a report over one version: each has a version of their own, and none is lost.
from gongkai.web.narrative.models import Text as Words
from gongkai.web.narrative.services.writing import save
part = {"audit": audit, "organ": organ, "year": today.year, "section": "1"}
base = save(**part, words="底稿。", base=None)
given = at_once(*(lambda n=n: save(**part, words=f"第{n}人写的。", base=base.pk) for n in range(6)))
assert sorted(g.number for g in given) == [2, 3, 4, 5, 6, 7], given
assert Words.objects.filter(base=base).count() == 6
# Two notices are sent at one moment with one number: one bears it, the other stays a draft and goes out with the next.
from gongkai.web.organs.tree import change_organ
from gongkai.web.oversight.models import Notice
from gongkai.web.oversight.services import notices
from gongkai.web.oversight.wording import Subject
change_organ(audit=audit, organ=organ, competent=True)
about = [notices.About("other", None, Subject("逾期未办"))]
drafts = [notices.draft(audit=audit, kind="urge", organs=[organ.pk], about=about, reply_by=None) for _ in range(4)]
out = {"audit": audit, "version": 1, "on": today, "confirmed": True}
given = at_once(*(lambda each=each: notices.send(notice=each, number="云政办函〔2026〕7号", **out) for each in drafts))
refusals = [str(g) for g in given if isinstance(g, Refused)]
assert len(refusals) == 3 and all("已经用过" in each for each in refusals), given
left = Notice.objects.filter(state="draft").order_by("pk")
assert left.count() == 3 and not any(each.number for each in left)
numbers = [f"云政办函〔2026〕{n}号" for n in (8, 9, 10)]
at_once(*(lambda each=each, n=n: notices.send(notice=each, number=n, **out) for each, n in zip(list(left), numbers)))
assert sorted(Notice.objects.values_list("number", flat=True)) == sorted(["云政办函〔2026〕7号", *numbers])
# Two people enter one sheet of a training: whoever stands on it came once.
from gongkai.web.oversight.models import Attendance
from gongkai.web.oversight.services import trainings
held = trainings.keep_training(audit=audit, host=organ, title="业务培训", on=today)
sheet = {"audit": audit, "training": held, "organ": organ.pk, "names": "赵宁、钱川"}
given = at_once(*(lambda: trainings.attended(**sheet) for _ in range(4)))
assert sum(isinstance(g, Refused) and "已经登记过" in str(g) for g in given) == 3, given
assert Attendance.objects.filter(training=held.stem).count() == 2
# One press of a form that arrives six times is one reminder.
import uuid
from gongkai.web.collection.selectors.january import room
from gongkai.web.collection.services import reminding
year = today.year - 1
told = {"audit": audit, "year": year, "lines": room(county, year, today).outstanding, "words": "请报送。", "once": uuid.uuid4()}
assert len({made.pk for made in at_once(*(lambda: reminding.record(**told) for _ in range(6)))}) == 1
# Six people save a new scheme under one key: one does, the others are told.
from gongkai.oversight.reading import texts
from gongkai.web.assessment.services.schemes import save as save_scheme
given = at_once(*(lambda n=n: save_scheme(audit=audit, text=texts()["starting"] + f"# {n}\\n", seen=0) for n in range(6)))
assert sum(isinstance(g, Refused) for g in given) == 5, given
# Six files of one report are published: six editions, of which one stands.
from gongkai.web.annual.models import Publication
from gongkai.web.annual.selectors.reports import report_view
from gongkai.web.annual.services.publishing import publish
from tests.web.overview import made
files = [made.handed(organ, made.report(year, {made.RECEIVED: n})) for n in range(6)]
assert all(report_view(each) for each in files)
given = at_once(*(lambda each=each: publish(audit=audit, submission=each, despite="原件如此", made={}) for each in files))
assert sorted(g.edition for g in given) == [1, 2, 3, 4, 5, 6], given
assert Publication.objects.filter(organ=organ, end=None).count() == 1
chain.seal(county.pk)
assert verify.verify(county.pk).whole
print("one wins")
"""


def test_of_two_at_once_one_wins_and_the_other_is_told(tmp_path):
    with own_environment(tmp_path, tables=True) as environment:
        ran = subprocess.run(
            [sys.executable, "-c", AT_ONCE],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
    assert ran.stdout.strip().endswith("one wins"), ran.stdout[-2000:] + ran.stderr[-6000:]
