//! Whose an actor is.

use serde_json::json;
use uuid::Uuid;

use super::{AccountId, Actor, StaffId, UserId};

#[test]
fn whoever_acts_is_of_an_account_or_of_the_provider_or_neither() {
    let (user, account) = (UserId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
    let (staff, name) = (StaffId(Uuid::from_u128(3)), "Lan".to_owned());
    let root = Actor::Root {
        user,
        account,
        name: name.clone(),
    };
    let iam = Actor::Iam {
        user,
        account,
        name: name.clone(),
    };
    let of_staff = Actor::Staff {
        staff,
        name: name.clone(),
    };
    for (actor, of_account, is_staff) in [
        (root, Some(account), None),
        (iam, Some(account), None),
        (of_staff, None, Some(staff)),
        (Actor::Visitor, None, None),
        (Actor::Operator { name }, None, None),
        (Actor::System, None, None),
    ] {
        assert_eq!(
            (actor.account(), actor.staff()),
            (of_account, is_staff),
            "{actor:?}"
        );
        // As it is kept, it says the same.
        let kept = json!(actor);
        assert_eq!(Actor::is_of(&kept, account), of_account.is_some(), "{actor:?}");
        let other = AccountId(Uuid::from_u128(4));
        assert!(!Actor::is_of(&kept, other), "{actor:?}");
    }
    let later = json!({ "who": "iam", "account": account, "of": "a later version" });
    assert!(Actor::is_of(&later, account));
    assert!(!Actor::is_of(&json!("what we did not write"), account));
}
