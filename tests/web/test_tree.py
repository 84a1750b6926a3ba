"""The tree of organs: valid in time, renamed, merged into successors, and who answers in whose name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ, OrganVersion
from gongkai.web.organs.names import guessed_form
from gongkai.web.organs.selectors import (
    answering,
    competent_department,
    ever_named,
    flat,
    living_organs,
    organ_at,
    organ_named,
    organs_at,
    tree,
)
from gongkai.web.organs.services import keep_list
from gongkai.web.organs.succession import succession
from gongkai.web.organs.tree import change_organ, found_organ, merge, rename, set_answering

TODAY = timezone.localdate()
LONG_AGO = date(2019, 1, 1)


@pytest.fixture
def found(audit, county):
    def give(name, form="department", **more):
        return found_organ(audit=audit, county=county.pk, name=name, form=form, **more)

    return give


def test_the_tree_is_shown_with_those_under_each(found, county):
    top = found("云岭县人民政府", "county_government")
    office = found("云岭县人民政府办公室", parent=top, competent=True)
    town = found("云岭县石桥镇人民政府", "township", parent=top)
    found("石桥镇自然资源所", "other", parent=town)
    lines = [(n.depth, n.on.name) for n in flat(tree(county.pk))]
    assert lines == [
        (0, "云岭县人民政府"),
        (1, "云岭县人民政府办公室"),
        (1, "云岭县石桥镇人民政府"),
        (2, "石桥镇自然资源所"),
    ]
    assert competent_department(county.pk) == office


def test_a_renamed_organ_keeps_its_old_name_on_days_before(found, audit, county):
    organ = found("云岭县国土资源局", from_on=LONG_AGO)
    rename(audit=audit, organ=organ, name="云岭县自然资源局", from_on=date(2024, 3, 1), reason="机构改革")
    assert organ_at(organ, date(2024, 2, 29)).name == "云岭县国土资源局"
    assert organ_at(organ, date(2024, 3, 1)).name == "云岭县自然资源局"
    assert organ_at(organ, date(2018, 12, 31)) is None
    assert [o.name for o in organs_at(county.pk, date(2023, 1, 1))] == ["云岭县国土资源局"]
    assert organ_named(county.pk, "云岭县自然资源局") == organ
    with pytest.raises(Refused, match="不能早于上一次变更的日期（2024年3月1日）"):
        rename(audit=audit, organ=organ, name="云岭县土地局", from_on=date(2020, 1, 1))
    with pytest.raises(Refused, match="不能晚于今天"):
        rename(audit=audit, organ=organ, name="云岭县土地局", from_on=TODAY + timedelta(days=1))


def test_an_organ_is_found_by_each_name_it_ever_had_and_who_has_the_name_now_goes_first(found, audit, county):
    old = found("云岭县国土资源局", from_on=LONG_AGO)
    rename(audit=audit, organ=old, name="云岭县自然资源局", from_on=date(2024, 3, 1))
    gone = found("云岭县旅游局", from_on=LONG_AGO)
    merge(audit=audit, organ=gone, into=found("云岭县文化和旅游局", from_on=LONG_AGO), on=date(2024, 3, 1))
    assert ever_named(county.pk, "云岭县 自然资源局") == ever_named(county.pk, "云岭县国土资源局") == old
    assert ever_named(county.pk, "云岭县旅游局") == gone
    assert ever_named(county.pk, "云岭县气象局") is None
    new = found("云岭县国土资源局", from_on=date(2025, 1, 1))
    assert ever_named(county.pk, "云岭县国土资源局") == new


def test_an_organ_of_the_flat_list_takes_its_place_in_the_tree_and_its_past_is_kept(found, audit, county):
    keep_list(audit=audit, county=county, organs=[("云岭县卫生局", "县级部门"), ("云岭县石桥镇人民政府", "")])
    listed = Organ.objects.get(name="云岭县卫生局")
    assert (listed.form, Organ.objects.get(name="云岭县石桥镇人民政府").form) == ("department", "township")
    top = found("云岭县人民政府", "county_government")
    assert found("云岭县卫生局", parent=top, word="云卫").pk == listed.pk
    with pytest.raises(Refused, match="已经在机关设置中"):
        found("云岭县卫生局")
    other = Organ.objects.get(name="云岭县石桥镇人民政府")
    rename(audit=audit, organ=other, name="云岭县石桥街道办事处")
    assert organ_at(other, TODAY - timedelta(days=1)).name == "云岭县石桥镇人民政府"
    assert Organ.objects.get(pk=listed.pk).kind == "县级部门"


def test_a_merged_organ_ends_and_its_successor_is_found_over_several_steps(found, audit, county):
    one, two, three = found("云岭县卫生局"), found("云岭县计生局"), found("云岭县卫生健康局")
    merge(audit=audit, organ=one, into=two, on=TODAY - timedelta(days=30))
    merge(audit=audit, organ=two, into=three)
    assert succession(county.pk).now(one) == three
    assert [o.name for o in living_organs(county.pk)] == ["云岭县卫生健康局"]
    assert organ_at(one, TODAY - timedelta(days=31)).name == "云岭县卫生局"
    assert organ_at(one, TODAY - timedelta(days=30)) is None
    for act in (
        lambda: rename(audit=audit, organ=one, name="云岭县甲局"),
        lambda: merge(audit=audit, organ=one, into=None),
    ):
        with pytest.raises(Refused, match="已经撤销"):
            act()
    assert found("云岭县卫生局").pk != one.pk, "a name that is free again may be taken"


def test_what_cannot_be_merged(found, audit):
    top = found("云岭县人民政府", "county_government")
    below = found("云岭县教育局", parent=top)
    with pytest.raises(Refused, match="还有下级机关"):
        merge(audit=audit, organ=top, into=None)
    with pytest.raises(Refused, match="不能是它自己"):
        merge(audit=audit, organ=below, into=below)
    with pytest.raises(Refused, match="不能晚于今天"):
        merge(audit=audit, organ=below, into=None, on=TODAY + timedelta(days=2))


def test_no_organ_stands_under_itself(found, audit):
    top = found("云岭县人民政府", "county_government")
    below = found("云岭县教育局", parent=top)
    for parent in (top, below):
        with pytest.raises(Refused, match="不能是这个机关自己"):
            change_organ(audit=audit, organ=top, parent=parent)


def test_there_is_one_competent_department(found, audit, county):
    office = found("云岭县人民政府办公室", competent=True)
    with pytest.raises(Refused, match="已有政府信息公开工作主管部门"):
        found("云岭县教育局", competent=True)
    change_organ(audit=audit, organ=office, competent=False)
    found("云岭县教育局", competent=True)
    assert competent_department(county.pk).name == "云岭县教育局"


def test_two_living_organs_never_share_a_name(found, audit):
    found("云岭县教育局")
    other = found("云岭县体育局")
    with pytest.raises(Refused, match="已有名为"):
        rename(audit=audit, organ=other, name="云岭县教育局")
    assert Organ.objects.get(pk=other.pk).name == "云岭县体育局"


def test_who_answers_in_whose_name_is_asked_once_and_changed_from_a_day(found, audit):
    government = found("云岭县人民政府", "county_government")
    office = found("云岭县人民政府办公室", parent=government)
    before = answering(office)
    assert (before.asked, before.in_name_of, before.defendant) == (False, office, office)
    set_answering(audit=audit, organ=office, in_name_of=government, reconsideration="青河市人民政府", from_on=LONG_AGO)
    set_answering(audit=audit, organ=office, court="青河市中级人民法院", from_on=date(2025, 1, 1))
    then = answering(office, date(2024, 6, 1))
    assert (then.asked, then.in_name_of, then.defendant) == (True, government, government)
    assert then.reconsideration == "青河市人民政府"
    now = answering(office)
    assert (now.in_name_of, now.defendant, now.court) == (office, office, "青河市中级人民法院")


BAD = [
    ({"name": "局", "form": "department"}, "全称"),
    ({"name": "云岭县教育局", "form": "empire"}, "类别"),
    ({"name": "云岭县教育局", "form": "department", "word": "云" * 31}, "机关代字最多30"),
]


@pytest.mark.parametrize(("values", "says"), BAD)
def test_what_is_no_organ(audit, county, values, says):
    with pytest.raises(Refused, match=says):
        found_organ(audit=audit, county=county.pk, **values)
    assert not OrganVersion.objects.exists()


FORMS = [
    ("云岭县石桥镇人民政府", "township"),
    ("青禾乡", "township"),
    ("云岭街道办事处", "subdistrict"),
    ("云岭县人民政府", "county_government"),
    ("云岭县人民政府办公室", "department"),
    ("国家税务总局云岭县税务局", "vertical"),
    ("云岭县教育局", "department"),
    ("云岭县档案馆", ""),
]


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_what_a_name_tells(name, form):
    assert guessed_form(name) == form
