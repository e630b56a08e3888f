//! Its customers, in every state.

use ::customers::{
    rules::{FriendlyName, Role},
    service::{self, Invitee, Refusal},
};
use accounts::account::Class;
use kernel::{CustomerId, Language};

use super::{
    super::{
        people::{Applicant, CUSTOMER, Company, address, words},
        room,
    },
    Trade, VISITOR,
};
use crate::installation::StartError;

pub(super) const FOODS: Company = (
    "loc.huynh@gaoviet.example",
    "Gạo Việt Foods",
    "0225276208",
    Language::English,
);
const THIRD: Company = (
    "truc.lam@sachxanh.example",
    "Sách Xanh Publishing",
    "0312459871",
    Language::Vietnamese,
);
const DECLINES: Company = (
    "my.ta@banme.example",
    "Cà phê Ban Mê",
    "0274820565",
    Language::Vietnamese,
);
const LEAVES: Company = (
    "dung.phan@thepmien.example",
    "Thép Miền Trung",
    "0290384718",
    Language::Vietnamese,
);
/// Another partner of the sample.
const COLLEAGUE: &str = "khoa.bui@mekong.example";
/// New to the provider; staff approved it.
const WELCOME: &str = "an.dinh@anphu.example";
/// New to the provider; staff have yet to decide.
const NEWCOMER: &str = "kien.vuong@nhatquang.example";

impl Trade<'_> {
    /// Five accounts that the provider knew already are invited: four confirm, one declines.
    pub(super) async fn invite_first_customers(&self) -> Result<(), StartError> {
        let mut roots = Vec::new();
        for (company, name) in [
            (CUSTOMER, "Đào Ngọc Bích"),
            (FOODS, "Huỳnh Tấn Lộc"),
            (LEAVES, "Phan Chí Dũng"),
            (THIRD, "Lâm Thanh Trúc"),
            (DECLINES, "Tạ Hà My"),
        ] {
            roots.push(self.seed.company(company, name).await?);
        }
        self.seed.advance_hours(3);
        self.invite(&[
            (CUSTOMER.0, "Hoa Sen"),
            (FOODS.0, "Gạo Việt"),
            (LEAVES.0, "Thép Miền Trung"),
            (THIRD.0, "Sách Xanh"),
            (DECLINES.0, "Cà phê Ban Mê"),
        ])
        .await?;
        self.seed.advance_hours(4);
        let emails = [CUSTOMER.0, FOODS.0, LEAVES.0, THIRD.0];
        for (root, email) in roots.iter().zip(emails) {
            self.confirm(root, email).await?;
        }
        let link = self.link(DECLINES.0, "/invitation").await?;
        service::decline(
            &self.seed.installation.rooms.customers,
            VISITOR,
            &link,
            Refusal::Private,
        )
        .await
        .map_err(|error| room(&error))?;
        Ok(())
    }

    /// Somebody who is new to the provider makes an account and confirms; staff approve.
    pub(super) async fn welcome_newcomer(&self) -> Result<(), StartError> {
        self.invite(&[(WELCOME, "An Phú Design")]).await?;
        self.seed.advance_hours(5);
        let root = self
            .seed
            .account(WELCOME, "Đinh Hoài An", Class::Individual, Language::Vietnamese)
            .await?;
        self.confirm(&root, WELCOME).await?;
        self.seed.advance_hours(20);
        let rooms = &self.seed.installation.rooms;
        let db = rooms.customers.app().db().read();
        let relations = ::customers::store::of_account(db, root.account).await?;
        let relation = relations
            .first()
            .ok_or_else(|| room(&format!("{WELCOME} did not confirm")))?;
        service::approve(&rooms.customers, self.reviewer.clone(), relation.id)
            .await
            .map_err(|error| room(&error))?;
        Ok(())
    }

    /// A relation ends.
    pub(super) async fn part_with_one(&self) -> Result<(), StartError> {
        let id = self.relation(LEAVES.0).await?;
        let partner = &self.partner;
        service::end(
            &self.seed.installation.rooms.customers,
            partner.caller(),
            partner.account,
            id,
        )
        .await
        .map_err(|error| room(&error))?;
        Ok(())
    }

    /// Staff propose that a customer moves to another partner; it has not answered yet.
    pub(super) async fn propose_transfer(&self) -> Result<(), StartError> {
        let installation = self.seed.installation;
        let db = installation.app.db().read();
        let to = accounts::store::find_root(db, &address(COLLEAGUE)?)
            .await?
            .and_then(|root| root.capacity.account())
            .ok_or_else(|| room(&format!("{COLLEAGUE} has no account")))?;
        let relation = self.relation(THIRD.0).await?;
        let why = words("Nhà sách chuyển hệ thống về miền Tây, gần Mekong Cloud Services hơn.")?;
        service::transfer::propose(
            &installation.rooms.customers,
            self.lead.clone(),
            relation,
            to,
            why,
        )
        .await
        .map_err(|error| room(&error))?;
        Ok(())
    }

    /// One is new to the provider, confirms and awaits staff; another has not answered yet.
    pub(super) async fn invite_newest_customers(&self) -> Result<(), StartError> {
        self.invite(&[
            (NEWCOMER, "Nhật Quang Studio"),
            ("thu.nghiem@luavang.example", "Lúa Vàng Logistics"),
        ])
        .await?;
        self.seed.advance_hours(2);
        let newcomer = self
            .seed
            .account(
                NEWCOMER,
                "Vương Trung Kiên",
                Class::Individual,
                Language::Vietnamese,
            )
            .await?;
        self.confirm(&newcomer, NEWCOMER).await
    }

    async fn invite(&self, all: &[(&str, &str)]) -> Result<(), StartError> {
        let mut invitees = Vec::with_capacity(all.len());
        for (email, name) in all {
            invitees.push(Invitee {
                email: address(email)?,
                name: FriendlyName::parse(name).map_err(|error| room(&error))?,
                role: Role::default(),
            });
        }
        service::invite(
            &self.seed.installation.rooms.customers,
            self.partner.caller(),
            &invitees,
            Language::Vietnamese,
        )
        .await
        .map_err(|error| room(&error))?;
        Ok(())
    }

    async fn confirm(&self, root: &Applicant, email: &str) -> Result<(), StartError> {
        let link = self.link(email, "/invitation").await?;
        service::confirm(&self.seed.installation.rooms.customers, root.caller(), &link)
            .await
            .map_err(|error| room(&error))?;
        Ok(())
    }

    /// The partner's open relation with an address.
    async fn relation(&self, email: &str) -> Result<CustomerId, StartError> {
        let db = self.seed.installation.app.db().read();
        let active = ::customers::store::active(db, self.partner.account).await?;
        active
            .iter()
            .find(|customer| customer.email.as_str() == email)
            .map(|customer| customer.id)
            .ok_or_else(|| room(&format!("{email} is no customer of the sample's partner")))
    }
}
