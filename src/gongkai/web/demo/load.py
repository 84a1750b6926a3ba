"""Putting the demonstration into an empty store, through the same door as everything else."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from gongkai.web.annual.models import Submission
from gongkai.web.audit.services import Audit
from gongkai.web.demo.appraisal import load_appraisal
from gongkai.web.demo.assessment import load_assessment
from gongkai.web.demo.boards import load_boards
from gongkai.web.demo.cases import load_cases
from gongkai.web.demo.collection import load_collection
from gongkai.web.demo.compilation import load_compilation
from gongkai.web.demo.county import load_county_reports
from gongkai.web.demo.coverage import load_coverage
from gongkai.web.demo.entries import AT_ONCE
from gongkai.web.demo.ledgers import load_ledgers_since
from gongkai.web.demo.narrative import load_narrative
from gongkai.web.demo.oversight import load_oversight
from gongkai.web.demo.overview import load_earlier
from gongkai.web.demo.patrol import load_patrol
from gongkai.web.demo.people import load_people
from gongkai.web.demo.publishing import open_house, publish
from gongkai.web.demo.registers import load_registers
from gongkai.web.demo.reports import COUNTY, ORGANS
from gongkai.web.demo.sites import load_site
from gongkai.web.demo.supervised import load_supervised
from gongkai.web.demo.talk import load_talk
from gongkai.web.demo.tasks import ask_for_more
from gongkai.web.demo.then import then
from gongkai.web.demo.voices import load_voices
from gongkai.web.demo.years import OPENED, load_years
from gongkai.web.organs.models import County
from gongkai.web.organs.selectors import listed_organs
from gongkai.web.organs.services import HOME_NAME, keep_list, name_county
from gongkai.web.people.selectors import people_known
from gongkai.web.people.services import ensure_local_operator


def load_demo(county: County) -> bool:
    """Load the invented county with its reports when nothing is stored yet. Whether anything was loaded.

    Of the entries of its catalogue (GONGKAI_DEMO_ENTRIES) the newest are there at once, the worker brings in the others.
    """
    if county.name != HOME_NAME or listed_organs(county.pk) or Submission.objects.filter(county=county.pk).exists():
        return False
    if people_known(county.pk):
        return False
    audit = Audit(actor=ensure_local_operator(county.pk).pk, county=county.pk)
    with then(OPENED):
        name_county(audit=audit, county=county, name=COUNTY)
        keep_list(audit=audit, county=county, organs=list(ORGANS))
        people = load_people(county, audit)
    load_earlier(county, audit, people)
    past = load_years(county, audit, people)
    load_cases(county, audit, people)
    open_house(county, audit)
    load_county_reports(county, audit, people)
    past.leave_untold()
    count = settings.GONGKAI_DEMO_ENTRIES
    publish(county, audit, 0, min(count, AT_ONCE), count=count)
    load_boards(county, audit)
    load_registers(county, audit, timezone.localdate())
    load_ledgers_since(county, audit, timezone.localdate())
    load_voices(county, audit, timezone.localdate())
    load_talk(county, audit, timezone.localdate())
    load_coverage(county, audit)
    if count > AT_ONCE:
        ask_for_more()
    load_compilation(county, audit, timezone.localdate())
    load_narrative(county, audit, timezone.localdate())
    load_collection(county, audit)
    load_patrol(county, audit)
    load_supervised(county, audit)
    load_oversight(county, audit)
    load_site(county, audit)
    load_appraisal(county)
    load_assessment(county, audit)
    return True
