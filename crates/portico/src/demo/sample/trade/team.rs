//! Colleagues who work for the partner's account.

use kernel::Language;
use platform::{Grant, Grants};
use team::{
    rules::{NewMember, UserName},
    service,
};

use super::{
    super::{people::address, room},
    Trade, VISITOR,
};
use crate::installation::StartError;

/// The IAM user whom the welcome names.
const LINH: &str = "linh";

const COLLEAGUES: [(&str, &str, &str, &[Grant]); 3] = [
    (
        "linh.do@biendong.example",
        LINH,
        "Đỗ Mỹ Linh",
        &[Grant::Customers, Grant::Credit],
    ),
    (
        "tung.le@biendong.example",
        "tung",
        "Lê Thanh Tùng",
        &[Grant::ReadOnly],
    ),
    (
        "yen.ho@biendong.example",
        "yen",
        "Hồ Hải Yến",
        &[Grant::Discounts],
    ),
];

impl Trade<'_> {
    /// Two of three have joined.
    pub(super) async fn invite_colleagues(&self) -> Result<(), StartError> {
        let room_of_teams = &self.seed.installation.rooms.team;
        for (number, (email, user_name, name, grants)) in COLLEAGUES.into_iter().enumerate() {
            let new = NewMember {
                email: address(email)?,
                user_name: UserName::parse(user_name).map_err(|error| room(&error))?,
                name: name.to_owned(),
                language: Language::Vietnamese,
                grants: grants.iter().copied().collect::<Grants>(),
            };
            service::invite(room_of_teams, self.partner.caller(), self.partner.account, new)
                .await
                .map_err(|error| room(&error))?;
            if number == 2 {
                continue;
            }
            self.seed.advance_hours(1);
            let link = self.link(email, "/join").await?;
            service::join(room_of_teams, VISITOR, &link, self.seed.hash.clone())
                .await
                .map_err(|error| room(&format!("{email} cannot join: {error}")))?;
        }
        Ok(())
    }
}
