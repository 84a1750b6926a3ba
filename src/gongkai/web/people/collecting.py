"""What was done for the county's roll-up, as the audit tells it."""

from __future__ import annotations

COLLECTING: dict[str, str] = {
    "collection.choose": "指定一个机关按哪里的数计入汇总",
    "collection.remind": "提醒单位报送年度报告",
    "collection.state_public": "登记年度报告在别处公布的日期和地址",
    "collection.add_template": "上传上报模板",
    "collection.place": "指定模板中的格子",
    "collection.renew_template": "更换上报模板的文件",
    "collection.end_template": "停用上报模板",
}
