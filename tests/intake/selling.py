"""Files about money and creators, every row invented: the six layouts of settlements, affiliate orders, performance."""

from __future__ import annotations

import csv
from pathlib import Path


def _columns(names: str) -> list[str]:
    return names.split("|")


SEA = _columns(
    "Order/adjustment ID|Type|Order created time|Order settled time|Currency|Total settlement amount|"
    "Total revenue|Subtotal after seller discounts|Subtotal before discounts|Seller discounts|"
    "Refund subtotal after seller discounts|Refund subtotal before seller discounts|Refund of seller discounts|"
    "Total fees|Transaction fee|TikTok Shop commission fee|Seller shipping fee|Affiliate commission|"
    "Order processing fee|Ajustment amount|Related order ID|Customer payment|Customer refund|Platform discounts"
)
ID = _columns(
    "Order/adjustment ID|Type|Order created time|Order settled time|Currency|Total settlement amount|"
    "Total revenue|Subtotal after seller discounts|Subtotal before discounts|Seller discounts|"
    "Refund subtotal after seller discounts|Refund subtotal before seller discounts|Refund of seller discounts|"
    "Total fees|Platform commission fee|Order processing fee|Adjustment amount|Related order ID|Customer payment|"
    "Customer refund|Dynamic Commission"
)
TH = [*SEA, "Commerce growth fee", "Infrastructure fee", "Refunded customer shipping fee"]
TH_LINES = _columns(
    "Order/adjustment ID  |Type |Statement ID|Statement Date|Currency|SKU ID|Quantity|Product name|SKU name|"
    "Total settlement amount|Total revenue|Total fees|Commerce growth fee|Ajustment amount|"
    "Subtotal after seller discounts|Refund subtotal after seller discounts"
)
US = _columns(
    "Order ID|SKU ID|SKU name|Product name|Order Income|Order Cost|Net Order Margin|Sold Quantity|"
    "Order paid date|Order settled date|linked statement id|linked payout id|Order status|Gross sales|"
    "Seller discount|Gross sales refund|Seller discount refund|Affiliate Commission|Referral fee|"
    "Refund administration fee"
)
US_ADJUSTMENT = _columns(
    "Adjustment ID|Adjustment Type|Adjustment reason|Adjustment amount|Adjustment create time|"
    "Adjustment settlement time|linked statement id|llinked payout id"
)
US_UNSETTLED = _columns(
    "Type|Order/adjustment ID|Related order ID|creation date|Total estimated settlement amount|"
    "Estimated Settle time|unsettled reasons|SKU ID|Quantity|Net sales|Gross sales|Fees|Referral fee|"
    "TikTok Shop shipping fee|Customer-paid shipping fee|Adjustment amount"
)
#: The same with all the columns that are known of them.
SEA_FULL = _columns(
    "Order/adjustment ID|Type|Order created time|Order settled time|Currency|Total settlement amount|"
    "Total revenue|Subtotal after seller discounts|Subtotal before discounts|Seller discounts|"
    "Refund subtotal after seller discounts|Refund subtotal before seller discounts|Refund of seller discounts|"
    "Total fees|Transaction fee|TikTok Shop commission fee|Seller shipping fee|Actual shipping fee|"
    "Platform shipping fee discount|Customer shipping fee|Refund customer shipping fee|"
    "Actual return shipping fee|Shipping fee subsidy|Affiliate commission|Affiliate partner commission|"
    "Affiliate Shop Ads commission|Affiliate commission deposit|Affiliate commission refund|"
    "Affiliate Partner shop ads commission|GST|SFP service fee|Bonus cashback service fee|"
    "LIVE Specials service fee|Voucher Xtra service fee|EAMS Program service fee|Flash Sale service fee|"
    "TikTok PayLater program fee|Shipping service fee|Campaign resource fee|Order processing fee|"
    "Pre-order service fee|GMV Max Coupon|Ajustment amount|Related order ID|Customer payment|Customer refund|"
    "Seller co-funded voucher discount|Refund of seller co-funded voucher discount|Platform discounts|"
    "Refund of platform discounts|Platform co-funded voucher discounts|"
    "Refund of platform co-funded voucher discounts|Seller shipping fee discount|Estimated package weight (g)|"
    "Actual package weight (g)"
)
ID_FULL = _columns(
    "Order/adjustment ID|Type|Order created time|Order settled time|Currency|Total settlement amount|"
    "Total revenue|Subtotal after seller discounts|Subtotal before discounts|Seller discounts|"
    "Refund subtotal after seller discounts|Refund subtotal before seller discounts|Refund of seller discounts|"
    "Total fees|Platform commission fee|Flat fee|Sales fee|Pre-Order Service Fee|Mall service fee|Payment fee|"
    "Shipping cost|Shipping costs passed on to the logistics provider|"
    "Replacement shipping fee (passed on to the customer)|Exchange shipping fee (passed on to the customer)|"
    "Shipping cost borne by the platform|Shipping cost paid by the customer|"
    "Refunded shipping cost paid by the customer|Return shipping costs (passed on to the customer)|"
    "Shipping cost subsidy|Affiliate commission|Affiliate partner commission|Affiliate Shop Ads commission|"
    "SFP service fee|LIVE Specials Service Fee|Voucher Xtra Service Fee|Order processing fee|"
    "Installation service fee|EAMS Program service fee|Fix Infrastructure Fee|"
    "Brand Crazy Deals/Flash Sale service fee|Bonus cashback service fee|DT Handling Fee|PayLater Handling Fee|"
    "Adjustment amount|Related order ID|Customer payment|Customer refund|Seller co-funded voucher discount|"
    "Refund of seller co-funded voucher discount|Platform discounts|Refund of platform discounts|"
    "Platform co-funded voucher discounts|Refund of platform co-funded voucher discounts|"
    "Seller shipping cost discount|Estimated package weight (g)|Actual package weight (g)|Shopping center items|"
    "Order Source|Dynamic Commission"
)
TH_FULL = _columns(
    "Order/adjustment ID|Type|Order created time|Order settled time|Currency|Total settlement amount|"
    "Total revenue|Subtotal after seller discounts|Subtotal before discounts|Seller discounts|"
    "Refund subtotal after seller discounts|Refund subtotal before seller discounts|Refund of seller discounts|"
    "Total fees|Transaction fee|TikTok Shop commission fee|Seller shipping fee|Actual shipping fee|"
    "Platform shipping fee discount|Customer shipping fee|Refund customer shipping fee|"
    "Actual return shipping fee|Shipping fee subsidy|Affiliate commission|Affiliate partner commission|"
    "Affiliate Shop Ads commission|Affiliate commission deposit|Affiliate commission refund|"
    "Affiliate Partner shop ads commission|GST|SFP service fee|Bonus cashback service fee|"
    "LIVE Specials service fee|Voucher Xtra service fee|EAMS Program service fee|Flash Sale service fee|"
    "TikTok PayLater program fee|Shipping service fee|Campaign resource fee|Order processing fee|"
    "Pre-order service fee|GMV Max Coupon|Ajustment amount|Related order ID|Customer payment|Customer refund|"
    "Seller co-funded voucher discount|Refund of seller co-funded voucher discount|Platform discounts|"
    "Refund of platform discounts|Platform co-funded voucher discounts|"
    "Refund of platform co-funded voucher discounts|Seller shipping fee discount|Estimated package weight (g)|"
    "Actual package weight (g)|Credit card installment - Interest rate cost|"
    "Brands Crazy Deals/Flash Sale service fee|Commerce growth fee|Infrastructure fee|"
    "Refunded customer shipping fee|Shipping subsidy"
)
US_FULL = _columns(
    "Order ID|SKU ID|SKU name|Product name|Order Income|Order Cost|Net Order Margin|Sold Quantity|"
    "Order paid date|Order settled date|linked statement id|linked payout id|Order status|Sample order type|"
    "Gross sales|Seller discount|Gross sales refund|Seller discount refund|Affiliate Commission|"
    "Affiliate partner commission|Affiliate commission deposit|Affiliate commission refund|"
    "Affiliate Shop Ads commission|Affiliate Partner shop ads commission|Referral fee|Refund administration fee|"
    "Transaction fee|Sales tax on referral fees|Smart Promotion fee|Smart Promotion fee tax|"
    "Campaign resource fee|Campaign service fee|TikTok Shop Partner commission|"
    "Managed service plan (Per order fee)|Managed service plan (Sales tax)|TikTok Shop shipping fee|"
    "Fulfilled by TikTok Shop shipping fee|Return shipping fee|Return shipping label fee|Shipping fee subsidy|"
    "Shipping fee discount"
)
US_UNSETTLED_FULL = _columns(
    "Type|Order/adjustment ID|Related order ID|creation date|Total estimated settlement amount|"
    "Estimated Settle time|unsettled reasons|SKU ID|Quantity|Product name|SKU name|Net sales|Gross sales|Fees|"
    "Referral fee|Sales tax on referral fees|TikTok Shop shipping fee|Customer-paid shipping fee|"
    "Customer payment|Sales tax payment|Platform discounts|Adjustment amount|Adjustment reason"
)
AFFILIATE = _columns(
    "Order ID|Product ID|Product Name|SKU ID|Price|Payment Amount|Currency|Quantity|Fully returned or refunded|"
    "Payment method|Order Status|Creator Username|Content Type|Content ID|commission model|"
    "Standard commission rate|Est. Commission Base|Est. standard commission payment|Actual Commission Base|"
    "Actual Commission Payment|Shop Ads commission rate|Est. Shop Ads commission payment|"
    "Actual Shop Ads commission payment|Est. co-funded creator bonus|Actual co-funded creator bonus|Time Created|"
    "Payment time|Order Delivery Time|Time Commission Paid|Platform"
)
AFFILIATE_UK = [*AFFILIATE[:12], "Creator Region", *AFFILIATE[12:]]
AFFILIATE_ID = _columns(
    "ID Pesanan|ID Produk|Produk|ID Sku|Harga|Payment Amount|Mata Uang|Kuantitas|Pengembalian Barang Atau Dana|"
    "Metode Pembayaran|Status Pesanan|Nama pengguna kreator|Jenis Konten|ID Konten|commission model|"
    "Persentase komisi standar|Est. Acuan Komisi|Perkiraan pembayaran komisi standar|Acuan Komisi Aktual|"
    "Pembayaran Komisi Aktual|Waktu Dibuat|Waktu Pembayaran|Order Delivery Time|Waktu Komisi Dibayar|Platform"
)
CREATORS_ZH = _columns(
    "达人名称|达人归因GMV|达人直播归因GMV|联盟视频归因GMV|联盟商品卡归因GMV|退款金额|归因订单数|平均订单金额|视频数|视频播放量|预计佣金"
)
CREATORS = _columns(
    "Creator name|Creator-attributed GMV|Refunds|Attributed orders|Creator-attributed items sold|Items refunded|"
    "AOV|Videos|LIVE streams|Est. commission|Samples shipped|Est. flat fee"
)
CREATORS_23 = _columns(
    "Creator name|Creator-attributed GMV|Refunds|Attributed orders|Creator-attributed items sold|Items refunded|AOV|"
    "Videos|LIVE streams|Est. commission|Samples shipped|Est. flat fee|Creator video-attributed GMV|"
    "Creator LIVE-attributed GMV|Affiliate product card-attributed GMV|CTOR|CTR|Total sample content|"
    "Products added to showcase|Product impressions|Video views|Customers|Products sold"
)
PRODUCTS = _columns(
    "Product name|Product ID|Product category|Creator-attributed GMV|Refunds|Creator-attributed items sold|"
    "Items refunded|Attributed orders|Customers|Creators with sales|Creators posted content|Videos with sales|"
    "LIVE streams with sales|Videos|LIVE streams|Est. commission|Samples shipped"
)
PRODUCTS_ZH = _columns(
    "商品名称|商品 ID|商品类目|达人归因 GMV|退款金额|达人归因成交件数|已退款的商品件数|成交订单数|日均客户数|"
    "日均活跃达人数|已发布内容的日均达人数|日均有销售的视频数|日均直播场次|视频数|直播数|预计佣金|已发货样品数"
)
VIDEOS = _columns(
    "Video title|Video ID|Post date|Video link|Creator name|Product name|Product ID|Creator video-attributed GMV|"
    "Video-attributed orders|AOV|Avg. GMV per customer|Video-attributed items sold|Refunds|Items refunded|"
    "Est. commission|Est. flat fee|Video views|Likes|Comments|Shares|Video product impressions|Video product clicks|"
    "Completion rate|CTR|Engagement|Video GPM"
)
LIVES = _columns(
    "LIVE title|LIVE ID|LIVE start time|LIVE end time|Creator name|Product name|Product ID|"
    "Creator LIVE-attributed GMV|LIVE-attributed orders|AOV|LIVE-attributed items sold|Refunds|Items refunded|"
    "Est. commission|Impressions|LIVE product impressions|LIVE product viewers|Tap-through rate|CTOR|Show GPM"
)


_TEXTS = ("id", "date", "time", "type", "name", "reason", "status", "currency")


def row(header: list[str], **given: object) -> list[str]:
    """A row of a header; names are written with `_` for blanks, case-folded; amounts that are not given are 0."""
    known = {_key(name): str(value) for name, value in given.items()}
    cells = []
    for name in header:
        blank = any(
            word in name.casefold() for word in ("id", "date", "time", "type", "name", "reason", "status", "currency")
        )
        cells.append(known.pop(_key(name), "" if blank else "0"))
    assert not known, known
    return cells


def _key(name: str) -> str:
    return "_".join(name.replace("/", " ").replace(".", " ").replace("-", " ").casefold().split())


def written(path: Path, header: list[str], rows: list[list[str]], before: tuple[str, ...] = ()) -> Path:
    """A CSV of them, with lines `before` the header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerows([[line] for line in before])
        out.writerow(header)
        out.writerows(rows)
    return path


def order_id(number: int) -> str:
    """An id of eighteen digits, as the platform gives them."""
    return str(577000000000000001 + number * 7)


def sea_order(number: int, price: str = "100.00", **more: object) -> list[str]:
    """An order that was settled: 10 of 100 fees."""
    return row(SEA, **{
        "order_adjustment_id": order_id(number), "type": "Order", "order_created_time": "2026/10/02 10:00:00",
        "order_settled_time": "2026/10/20 10:00:00", "currency": "PHP", "total_settlement_amount": "90.00",
        "total_revenue": price, "subtotal_after_seller_discounts": price, "total_fees": "-10.00",
        "tiktok_shop_commission_fee": "-7.00", "order_processing_fee": "-3.00", "related_order_id": "/",
        "customer_payment": price, **more,
    })  # fmt: skip
