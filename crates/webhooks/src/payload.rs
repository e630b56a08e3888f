//! What an endpoint is told of an event.

use platform::{Actor, event::Sealed};
use serde_json::{Value, json};

use crate::rules::Owner;

/// The body: `type`, `timestamp` and `data`, as Standard Webhooks has it. It is written once, when the event is
/// sealed, so that each attempt sends the same bytes.
#[must_use]
pub fn body(event: &Sealed, owner: Owner) -> String {
    json!({
        "type": event.kind,
        "timestamp": event.at.to_string(),
        "data": {
            "id": event.id,
            "seq": event.seq,
            "subject": { "kind": event.subject, "id": event.subject_id },
            "account_id": event.account_id,
            "actor": actor(&event.actor, owner),
            "event": event.data,
        },
    })
    .to_string()
}

/// Who did it. An account is told which of its own people it was, and of others only what they are.
fn actor(actor: &Value, owner: Owner) -> Value {
    let kind = actor.get("who").cloned().unwrap_or(Value::Null);
    if owner.account().is_none_or(|own| Actor::is_of(actor, own)) {
        json!({
            "kind": kind,
            "id": actor.get("user").or_else(|| actor.get("staff")),
            "name": actor.get("name"),
        })
    } else {
        json!({ "kind": kind, "id": null, "name": null })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(actor: Value) -> Sealed {
        Sealed {
            seq: 7,
            id: "0192f0c1-2345-7000-8000-000000000001".parse().unwrap(),
            at: "2026-11-23T02:00:00.5Z".parse().unwrap(),
            kind: "registration.approved".to_owned(),
            subject: "registration".to_owned(),
            subject_id: "0192f0c1-2345-7000-8000-000000000002".parse().unwrap(),
            account_id: Some("0192f0c1-2345-7000-8000-000000000003".parse().unwrap()),
            actor,
            origin: Some("10.1.2.3".to_owned()),
            data: json!({ "what": "approved" }),
        }
    }

    #[test]
    fn the_body_tells_what_happened_and_not_from_where() {
        let event = event(json!({ "who": "system" }));
        let body: Value = serde_json::from_str(&body(&event, Owner::Provider)).unwrap();
        assert_eq!(body["type"], "registration.approved");
        assert_eq!(body["timestamp"], "2026-11-23T02:00:00.5Z");
        assert_eq!(body["data"]["seq"], 7);
        assert_eq!(body["data"]["event"]["what"], "approved");
        assert_eq!(body["data"]["subject"]["kind"], "registration");
        assert!(!body.to_string().contains("10.1.2.3"));
    }

    #[test]
    fn an_account_is_told_the_names_of_its_own_people_alone() {
        let by_staff =
            event(json!({ "who": "staff", "staff": "0192f0c1-2345-7000-8000-000000000009", "name": "Hoa" }));
        let account = Owner::Account("0192f0c1-2345-7000-8000-000000000003".parse().unwrap());
        assert!(body(&by_staff, Owner::Provider).contains("Hoa"));
        let told = body(&by_staff, account);
        assert!(!told.contains("Hoa") && !told.contains("000000000009"), "{told}");
        assert!(told.contains(r#""kind":"staff""#), "{told}");
        let by_root = event(json!({
            "who": "root",
            "user": "0192f0c1-2345-7000-8000-000000000008",
            "account": "0192f0c1-2345-7000-8000-000000000003",
            "name": "Lan",
        }));
        assert!(body(&by_root, account).contains("Lan"));
        // Its partner or its customer.
        let other = Owner::Account("0192f0c1-2345-7000-8000-000000000004".parse().unwrap());
        let told = body(&by_root, other);
        assert!(!told.contains("Lan") && !told.contains("000000000008"), "{told}");
    }
}
