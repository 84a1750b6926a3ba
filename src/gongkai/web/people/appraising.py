"""What was done in the public's appraisal, as the audit tells it."""

from __future__ import annotations

APPRAISING: dict[str, str] = {
    "appraisal.keep": "填写社会评议的问卷",
    "appraisal.open": "开放社会评议的问卷",
    "appraisal.stop": "停止社会评议的问卷",
    "appraisal.invite": "生成社会评议的邀请码",
    "appraisal.answer": "收到或者录入一份答卷",
    "appraisal.bring_paper": "登记一批纸质答卷",
    "appraisal.strike": "冲销录错的纸质答卷",
    "appraisal.aside": "剔除一份答卷",
    "appraisal.back": "恢复计入一份答卷",
    "appraisal.see_words": "查看答卷中填写的文字",
    "appraisal.publish": "公布社会评议的结果",
}
