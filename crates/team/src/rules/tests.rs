use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, Language, UserId};
use platform::{Grant, Grants, actor::Area};
use proptest::prelude::*;
use uuid::Uuid;

use super::{JoinRefused, Member, NewMember, NotInvited, State, UserName, UserNameError};

const LIFE: SignedDuration = SignedDuration::from_hours(24 * 7);

fn grants() -> impl Strategy<Value = Grants> {
    proptest::sample::subsequence(Grant::ALL.to_vec(), 0..=Grant::ALL.len())
        .prop_map(|some| some.into_iter().collect())
}

fn invited(at: Timestamp, grants: Grants) -> Member {
    let new = NewMember {
        email: "minh@saomai.example".parse().unwrap(),
        user_name: UserName::parse("minh").unwrap(),
        name: "Minh".to_owned(),
        language: Language::English,
        grants,
    };
    Member::invited(UserId(Uuid::nil()), AccountId(Uuid::nil()), new, at, LIFE)
}

proptest! {
    #[test]
    fn an_invitation_opens_until_its_last_letter_expires(
        first in 0_i64..1_000_000, again in 0_i64..1_000_000, later in 0_i64..3_000_000, grants in grants(),
    ) {
        let at = |seconds: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        let member = invited(at(first), grants).sent_again(at(first + again), LIFE).unwrap();
        let now = at(first + again + later);
        let in_time = later < LIFE.as_secs();
        prop_assert_eq!(member.has_expired(now), !in_time);
        match member.joined(now) {
            Ok(member) => {
                prop_assert!(in_time);
                prop_assert_eq!(member.state, State::Active { since: now });
                prop_assert_eq!(member.grants, grants);
                prop_assert!(!member.has_expired(now + LIFE + LIFE));
                prop_assert_eq!(member.clone().sent_again(now, LIFE), Err(NotInvited));
                prop_assert_eq!(member.joined(now), Err(JoinRefused::Joined));
            }
            Err(refused) => {
                prop_assert!(!in_time);
                prop_assert_eq!(refused, JoinRefused::Expired);
            }
        }
    }

    #[test]
    fn the_same_grants_again_are_no_change(before in grants(), after in grants()) {
        let member = invited(Timestamp::UNIX_EPOCH, before);
        match member.granted(after) {
            None => prop_assert_eq!(before, after),
            Some(member) => prop_assert!(before != after && member.grants == after),
        }
    }

    #[test]
    fn read_only_sees_all_areas_and_changes_nothing(area in 0_usize..3) {
        let area = [Area::Customers, Area::Credit, Area::Discounts][area];
        let grants: Grants = [Grant::ReadOnly].into_iter().collect();
        prop_assert!(grants.sees(area) && !grants.manages(area));
    }

    #[test]
    fn a_suggested_user_name_can_be_typed(local in "[a-z0-9.+!_-]{1,64}") {
        if let Ok(email) = format!("{local}@saomai.example").parse()
            && let Some(name) = UserName::suggested(&email)
        {
            prop_assert_eq!(UserName::parse(name.as_str()), Ok(name));
        }
    }
}

#[test]
fn a_user_name_is_plain_and_in_lower_case() {
    assert_eq!(UserName::parse(" Minh.Le ").unwrap().as_str(), "minh.le");
    assert_eq!(UserName::parse("  "), Err(UserNameError::Missing));
    assert_eq!(UserName::parse("lê"), Err(UserNameError::Character));
    assert_eq!(UserName::parse("minh le"), Err(UserNameError::Character));
    assert_eq!(UserName::parse(&"a".repeat(41)), Err(UserNameError::TooLong));
}
