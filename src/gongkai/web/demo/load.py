"""Putting the demonstration into an empty store, through the same door as everything else."""

from __future__ import annotations

from gongkai.web.annual.models import Submission
from gongkai.web.annual.services.intake import Incoming, hand_in
from gongkai.web.audit.services import Audit
from gongkai.web.demo.cases import load_cases
from gongkai.web.demo.make import files
from gongkai.web.demo.people import load_people
from gongkai.web.demo.reports import COUNTY, ORGANS
from gongkai.web.organs.models import County
from gongkai.web.organs.selectors import listed_organs
from gongkai.web.organs.services import HOME_NAME, keep_list, name_county
from gongkai.web.people.selectors import people_known
from gongkai.web.people.services import ensure_local_operator


def load_demo(county: County) -> bool:
    """Load the invented county with its reports when nothing is stored yet. Whether anything was loaded."""
    if county.name != HOME_NAME or listed_organs(county.pk) or Submission.objects.filter(county=county.pk).exists():
        return False
    if people_known(county.pk):
        return False
    audit = Audit(actor=ensure_local_operator(county.pk).pk, county=county.pk)
    name_county(audit=audit, county=county, name=COUNTY)
    keep_list(audit=audit, county=county, organs=list(ORGANS))
    load_cases(county, audit, load_people(county, audit))
    hand_in(audit=audit, files=(Incoming(name, data) for name, data in files()), label="演示报告", source="demo")
    return True
