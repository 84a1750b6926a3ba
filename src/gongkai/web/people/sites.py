"""What was done about export to a site, reconciliation and migration, as the audit tells it."""

from __future__ import annotations

SITES: dict[str, str] = {
    "cms.add_target": "设置导出的网站",
    "cms.change_target": "修改导出网站的设置",
    "cms.end_target": "停用导出的网站",
    "cms.export": "导出一个条目",
    "cms.order_removal": "通知网站撤下一个条目",
    "cms.attempt": "导出没有成功",
    "cms.refused": "网站拒收一个条目",
    "cms.note_on_line": "登记上线或者撤下",
    "cms.keep_listing": "读入网上清单",
    "cms.judge": "处理核对出的一项",
    "cms.hand_in_site": "交入旧网站",
    "cms.look_through_site": "看完旧网站",
    "cms.bring_page": "迁入一个网页",
    "cms.bring_in_site": "完成迁入",
}
