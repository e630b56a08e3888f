//! Whose an actor is, and what one of the staff may do.

use serde_json::json;
use uuid::Uuid;

use super::{AccountId, Actor, Denied, Permission, StaffId, StaffMember, StaffRole, UserId};

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

#[test]
fn staff_act_as_their_role_allows_and_never_on_their_own_account() {
    let users = [
        "lan@saomai.vn".parse().unwrap(),
        "minh@vng.example".parse().unwrap(),
    ];
    let staff = |email: &str, role| {
        let email = email.parse().unwrap();
        StaffMember::new(
            StaffId(Uuid::from_u128(3)),
            "Minh".to_owned(),
            role,
            &email,
            &users,
        )
    };
    let (own, other) = ("minh@vng.example", "hoa@vng.example");
    for (email, role, may) in [
        (other, StaffRole::Lead, Ok(())),
        (own, StaffRole::Lead, Err(Denied::OwnAccount)),
        (other, StaffRole::Auditor, Err(Denied::Role)),
        // What the role does not allow at all is said first.
        (own, StaffRole::Auditor, Err(Denied::Role)),
    ] {
        let decides = staff(email, role).may(Permission::DecideCustomers);
        assert_eq!(decides, may, "{email} as {role:?}");
    }
    let reviewer = staff(other, StaffRole::Reviewer);
    assert_eq!(reviewer.may(Permission::TransferCustomers), Err(Denied::Role));
}
