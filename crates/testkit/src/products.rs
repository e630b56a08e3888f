//! Something to sell.

use std::sync::Arc;

use catalogue::PriceList;
use platform::actor::Caller;

use crate::TestApp;

/// Two groups with two products each, at prices that hold since 2026 began.
const PRODUCTS: &str = r#"
[[groups]]
code = "compute"
name = { en = "Compute", vi = "Máy chủ" }

[[groups.products]]
code = "vcpu"
name = { en = "vCPU", vi = "vCPU" }
unit = "vCPU-hour"
prices = [{ from = "2026-01-01", price = "250" }]

[[groups.products]]
code = "ram"
name = { en = "Memory", vi = "Bộ nhớ" }
unit = "GB-hour"
prices = [{ from = "2026-01-01", price = "120" }]

[[groups]]
code = "storage"
name = { en = "Storage", vi = "Lưu trữ" }

[[groups.products]]
code = "ssd"
name = { en = "SSD volume", vi = "Ổ SSD" }
unit = "GB-month"
prices = [{ from = "2026-01-01", price = "2500" }]

[[groups.products]]
code = "object-storage"
name = { en = "Object storage", vi = "Lưu trữ đối tượng" }
unit = "GB-month"
prices = [{ from = "2026-01-01", price = "1000" }]
"#;

impl TestApp {
    /// Puts `vcpu` (250 VND) and `ram` (120) of `compute`, `ssd` (2,500) and `object-storage` (1,000) of `storage` into
    /// the catalogue, and returns the whole price list.
    pub async fn products(&self) -> Arc<PriceList> {
        self.catalogue(PRODUCTS).await
    }

    /// Makes the catalogue what the text of a file says, and returns the whole price list.
    pub async fn catalogue(&self, text: &str) -> Arc<PriceList> {
        let (room, site) = (&self.installation.rooms.catalogue, self.app().site());
        let wanted = catalogue::file::read("test.toml", text, &site.time_zone.0, site.currency);
        catalogue::service::apply(room, Caller::system(), wanted.expect("a price list"))
            .await
            .expect("a catalogue");
        room.prices().await.expect("a price list")
    }
}
