"""Publishing a yearly report on the portal, and taking it back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.web.annual import policies
from gongkai.web.annual.selectors.published import publication_of
from gongkai.web.annual.services import publishing as services
from gongkai.web.facts import Refused
from gongkai.web.issuing.services.publishing import check_not_frozen
from gongkai.web.people.policies import needs
from gongkai.web.workbench.context import audit_of, person_of, submission_or_404


@needs("annual.publish")
@require_POST
def publish(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Publish a report on the portal, in the place of an earlier edition."""
    submission = submission_or_404(request, key)
    policies.check_publish(person_of(request), submission)
    try:
        check_not_frozen(submission)
        services.publish(audit=audit_of(request), submission=submission, despite=request.POST.get("despite", ""))
        messages.success(request, "已在门户公布。之后在这里更正的数据不会自动改变公布的内容，需要时请重新公布。")
    except Refused as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(f"{reverse('report', args=[key])}#outside")


@needs("annual.publish")
@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a report back from the portal."""
    submission = submission_or_404(request, key)
    policies.check_publish(person_of(request), submission)
    row = publication_of(submission)
    try:
        if row is None:
            raise Refused("这份报告已经不在门户上。")
        services.withdraw(audit=audit_of(request), publication=row, reason=request.POST.get("reason", ""))
        messages.success(request, "已从门户撤回，页面和下载地址即时停止提供。")
    except Refused as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(f"{reverse('report', args=[key])}#outside")
