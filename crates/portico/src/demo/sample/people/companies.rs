//! The companies of the sample.

use kernel::Language;

/// An enterprise of the sample: address, legal name, tax code, language.
pub(in super::super) type Company = (&'static str, &'static str, &'static str, Language);

pub(in super::super) const LAN: &str = "lan.tran@saomai.example";
pub(super) const READY: Company = (LAN, "Công ty Cổ phần Sao Mai", "0226018150", Language::English);
pub(in super::super) const PARTNER: Company = (
    "hung.pham@biendong.example",
    "Biển Đông Technology JSC",
    "0308301666",
    Language::English,
);
pub(in super::super) const CUSTOMER: Company = (
    "bich.dao@hoasen.example",
    "Công ty TNHH Hoa Sen",
    "0131860915",
    Language::Vietnamese,
);

/// Approved in the past: days ago, and hours until the decision.
pub(super) const APPROVED: [(Company, i64, i64); 5] = [
    (
        (
            "thao.ngo@trangan.example",
            "Tràng An Solutions",
            "0190996033",
            Language::Vietnamese,
        ),
        52,
        27,
    ),
    (
        (
            "khoa.bui@mekong.example",
            "Mekong Cloud Services",
            "0182462817",
            Language::English,
        ),
        41,
        50,
    ),
    (
        (
            "nhi.vo@songhan.example",
            "Công ty TNHH Sông Hàn",
            "0218190937",
            Language::Vietnamese,
        ),
        33,
        22,
    ),
    (
        (
            "tuan.ly@baclieu.example",
            "Bạc Liêu Digital",
            "0286579753",
            Language::Vietnamese,
        ),
        24,
        96,
    ),
    (
        (
            "vy.mai@phoenix.example",
            "Phoenix Integration",
            "0232319484",
            Language::English,
        ),
        12,
        5,
    ),
];

/// Waiting: hours ago.
pub(super) const WAITING: [(Company, i64); 4] = [
    (
        (
            "duc.ha@thienlong.example",
            "Thiên Long Systems",
            "0257491180",
            Language::English,
        ),
        120,
    ),
    (
        (
            "mai.dinh@hoanggia.example",
            "Công ty Cổ phần Hoàng Gia",
            "0225276014",
            Language::Vietnamese,
        ),
        70,
    ),
    (
        (
            "son.trinh@delta.example",
            "Delta Network",
            "0395559796",
            Language::English,
        ),
        26,
    ),
    (
        (
            "ha.luu@ngocnam.example",
            "Ngọc Nam Data",
            "0211471047",
            Language::Vietnamese,
        ),
        2,
    ),
];

pub(super) const REJECTED: Company = (
    "phuc.cao@daiviet.example",
    "Đại Việt Trading",
    "0397465078",
    Language::English,
);
