"""Kinds of what is read that are kept by name: known without what reads them."""

LISTINGS = {
    "sitemap": "站点地图",
    "feed": "订阅源",
    "page": "列表页",
    "sheet": "表格",
    "walk": "巡查结果",
}
"""Of what stands on line."""
