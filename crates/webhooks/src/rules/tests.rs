//! The rules, by themselves. Signatures are checked by the `standardwebhooks` crate, which is not ours.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use jiff::{SignedDuration, Timestamp};
use kernel::{DeliveryId, EventId};
use platform::event::{Audience, Event};
use proptest::prelude::*;
use standardwebhooks::Webhook;
use uuid::Uuid;

use super::*;
use crate::events::EndpointEvent;

fn closed() -> Reach {
    Reach::new(false, &[])
}

fn open() -> Reach {
    Reach::new(true, &[])
}

#[test]
fn addresses_of_networks_that_are_not_the_internets_are_never_public() {
    for (text, class) in [
        ("8.8.8.8", Class::Public),
        ("203.0.114.1", Class::Public),
        ("172.32.0.1", Class::Public),
        ("100.128.0.1", Class::Public),
        ("2606:4700::1111", Class::Public),
        ("::ffff:8.8.8.8", Class::Public),
        ("64:ff9b::808:808", Class::Public),
        ("127.0.0.1", Class::Private),
        ("127.255.255.254", Class::Private),
        ("10.0.0.1", Class::Private),
        ("172.16.0.1", Class::Private),
        ("172.31.255.255", Class::Private),
        ("192.168.1.1", Class::Private),
        ("100.64.0.1", Class::Private),
        ("::1", Class::Private),
        ("fc00::1", Class::Private),
        ("fdff::1", Class::Private),
        ("::ffff:127.0.0.1", Class::Private),
        ("::ffff:10.1.2.3", Class::Private),
        ("64:ff9b::a00:1", Class::Private),
        ("0.0.0.0", Class::Never),
        ("0.1.2.3", Class::Never),
        ("169.254.169.254", Class::Never),
        ("100.100.100.200", Class::Never),
        ("168.63.129.16", Class::Never),
        ("192.0.0.192", Class::Never),
        ("192.0.2.1", Class::Never),
        ("198.18.0.1", Class::Never),
        ("224.0.0.1", Class::Never),
        ("255.255.255.255", Class::Never),
        ("::", Class::Never),
        ("::127.0.0.1", Class::Never),
        ("::ffff:169.254.169.254", Class::Never),
        ("64:ff9b::a9fe:a9fe", Class::Never),
        ("64:ff9b:1::1", Class::Never),
        ("fe80::1", Class::Never),
        ("fec0::1", Class::Never),
        ("ff02::1", Class::Never),
        ("fd00:ec2::254", Class::Never),
        ("2001::1", Class::Never),
        ("2001:db8::1", Class::Never),
        ("2002:7f00:1::", Class::Never),
        ("3fff::1", Class::Never),
        ("4000::1", Class::Never),
    ] {
        assert_eq!(Class::of(text.parse().unwrap()), class, "{text}");
    }
}

/// The special-purpose blocks of IANA's registry for IPv4, written down once more, as the registry has them.
const NOT_PUBLIC: [([u8; 4], u32); 15] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

fn listed(address: Ipv4Addr) -> bool {
    NOT_PUBLIC
        .iter()
        .any(|(net, bits)| (u32::from_be_bytes(*net) ^ u32::from(address)) >> (32 - bits) == 0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn no_address_of_a_listed_block_is_admitted_in_any_form(net in 0..NOT_PUBLIC.len(), rest: u32) {
        let (base, bits) = NOT_PUBLIC[net];
        let address = Ipv4Addr::from(u32::from_be_bytes(base) | rest.checked_shr(bits).unwrap_or(0));
        let nat64 = Ipv6Addr::from((0x0064_ff9b_u128 << 96) | u128::from(u32::from(address)));
        let forms: [IpAddr; 4] = [
            address.into(),
            address.to_ipv6_mapped().into(),
            nat64.into(),
            Ipv6Addr::from(u128::from(u32::from(address))).into(),
        ];
        for form in forms {
            prop_assert!(!closed().admits(Way::Tls, "hook.example", form), "{form}");
            prop_assert!(!closed().admits(Way::Plain, "hook.example", form), "{form}");
        }
    }

    #[test]
    fn any_address_is_public_exactly_where_no_block_has_it(bits: u32) {
        let address = Ipv4Addr::from(bits);
        let metadata = [Ipv4Addr::new(168, 63, 129, 16)];
        let expected = !listed(address) && !metadata.contains(&address);
        prop_assert_eq!(Class::of(address.into()) == Class::Public, expected);
    }

    #[test]
    fn public_ipv6_is_global_unicast(bits: u128) {
        let address = Ipv6Addr::from(bits);
        if Class::of(address.into()) == Class::Public {
            prop_assert_eq!(address.segments()[0] >> 13, 1);
        }
    }

    #[test]
    fn http_never_leaves_private_networks(bits: u32) {
        let address = IpAddr::from(Ipv4Addr::from(bits));
        if open().admits(Way::Plain, "hook.example", address) {
            prop_assert_eq!(Class::of(address), Class::Private);
        }
    }

    #[test]
    fn whatever_is_typed_is_answered(text in "\\PC{0,60}") {
        let _ = Target::parse(&text, &closed());
        let _ = Target::parse(&format!("https://{text}"), &open());
        let _ = retry_after(&text, Timestamp::UNIX_EPOCH);
    }

    #[test]
    fn waiting_grows_and_ends(tries in 1_u32..40, jitter in 0.0..1.0, asked in proptest::option::of(0_i64..1_000_000_000)) {
        let now = Timestamp::UNIX_EPOCH;
        let asked = asked.map(SignedDuration::from_secs);
        match after(Answer::Status(503, asked), tries, now, jitter) {
            Next::Again(at) => {
                prop_assert!(tries < 10);
                prop_assert!(at > now && at <= now + SignedDuration::from_secs(24 * 3600 * 11 / 10));
            }
            Next::GiveUp => prop_assert!(tries >= 10),
            other => prop_assert!(false, "{other:?}"),
        }
    }
}

#[test]
fn an_endpoint_is_https_and_not_in_a_private_network() {
    let public = Target::parse(" https://hooks.example.com:8443/portico?k=1 ", &closed()).unwrap();
    assert_eq!(public.to_string(), "https://hooks.example.com:8443/portico?k=1");
    assert_eq!(public.without_query(), "https://hooks.example.com:8443/portico?…");
    for (text, why) in [
        ("hooks.example.com", BadTarget::NotAnAddress),
        ("mailto:a@b.example", BadTarget::NotAnAddress),
        ("http://hooks.example.com/", BadTarget::NotSecure),
        ("ftp://hooks.example.com/", BadTarget::NotSecure),
        ("https://user:pw@hooks.example.com/", BadTarget::WithExtras),
        ("https://hooks.example.com/#a", BadTarget::WithExtras),
        ("https://127.0.0.1/", BadTarget::Private),
        ("https://127.1/", BadTarget::Private),
        ("https://2130706433/", BadTarget::Private),
        ("https://0x7f.0.0.1./", BadTarget::Private),
        ("https://[::1]/", BadTarget::Private),
        ("https://[::ffff:10.0.0.1]/", BadTarget::Private),
        ("https://169.254.169.254/latest", BadTarget::Private),
        ("https://LOCALHOST/", BadTarget::Private),
        ("https://a.localhost./", BadTarget::Private),
    ] {
        assert_eq!(Target::parse(text, &closed()), Err(why), "{text}");
    }
    let long = format!("https://hooks.example.com/{}", "a".repeat(2000));
    assert_eq!(Target::parse(&long, &closed()), Err(BadTarget::TooLong));
}

#[test]
fn private_networks_and_http_are_open_where_the_configuration_says_so() {
    assert!(Target::parse("http://127.0.0.1:9000/", &open()).is_ok());
    assert!(Target::parse("https://10.0.0.1/", &open()).is_ok());
    assert_eq!(
        Target::parse("http://8.8.8.8/", &open()),
        Err(BadTarget::NotSecure),
        "http stays at home"
    );
    assert_eq!(
        Target::parse("http://169.254.169.254/", &open()),
        Err(BadTarget::Private),
        "metadata services stay closed"
    );

    let some = Reach::new(false, &["Hooks.Internal".to_owned(), "10.0.0.1".to_owned()]);
    assert!(Target::parse("http://hooks.internal/", &some).is_ok());
    assert!(Target::parse("https://10.0.0.1/", &some).is_ok());
    assert_eq!(Target::parse("https://10.0.0.2/", &some), Err(BadTarget::Private));
    assert!(some.admits(Way::Tls, "hooks.internal.", [192, 168, 0, 1].into()));
    assert!(!some.admits(Way::Tls, "other.internal", [192, 168, 0, 1].into()));
}

#[test]
fn another_implementation_accepts_our_signatures() {
    let (old, new) = (Secret::random(), Secret::random());
    let id = DeliveryId(Uuid::now_v7());
    let body = r#"{"type":"account.created","data":{"tên":"Sao Mai"}}"#;
    let sent = |secrets: &[Secret]| -> http::HeaderMap {
        headers(id, Timestamp::now(), body, secrets)
            .into_iter()
            .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    };
    let receiver = |secret: &Secret| Webhook::new(&secret.expose()).unwrap();
    let one = sent(std::slice::from_ref(&new));
    assert!(receiver(&new).verify(body.as_bytes(), &one).is_ok());
    assert!(receiver(&old).verify(body.as_bytes(), &one).is_err());
    assert!(receiver(&new).verify(b"{}", &one).is_err());
    let both = sent(&[new.clone(), old.clone()]);
    assert!(receiver(&new).verify(body.as_bytes(), &both).is_ok());
    assert!(receiver(&old).verify(body.as_bytes(), &both).is_ok());
    let mut moved = both.clone();
    moved.insert("webhook-id", "another".parse().unwrap());
    assert!(receiver(&new).verify(body.as_bytes(), &moved).is_err());
}

#[test]
fn a_secret_does_not_show() {
    let secret = Secret::random();
    assert!(secret.expose().starts_with("whsec_"));
    assert!(!format!("{secret:?}").contains(&secret.expose()[6..]));
}

#[test]
fn a_delivery_keeps_its_id() {
    let (event, endpoint) = (EventId(Uuid::now_v7()), kernel::EndpointId(Uuid::now_v7()));
    assert_eq!(webhook_id(event, endpoint), webhook_id(event, endpoint));
    assert_ne!(
        webhook_id(event, endpoint),
        webhook_id(event, kernel::EndpointId(Uuid::now_v7()))
    );
}

#[test]
fn an_answer_says_what_follows() {
    let now: Timestamp = "2026-11-23T02:00:00Z".parse().unwrap();
    let first = |answer| after(answer, 1, now, 0.0);
    let in_seconds = |seconds| Next::Again(now + SignedDuration::from_secs(seconds));
    for status in [200, 201, 204, 299] {
        assert_eq!(first(Answer::Status(status, None)), Next::Delivered);
    }
    assert_eq!(first(Answer::Status(410, None)), Next::Gone);
    for status in [301, 302, 307, 400, 401, 404, 500, 503, 599, 199] {
        assert_eq!(first(Answer::Status(status, None)), in_seconds(5), "{status}");
    }
    assert_eq!(first(Answer::Nothing), in_seconds(5));
    let hour = Some(SignedDuration::from_hours(1));
    assert_eq!(first(Answer::Status(429, hour)), in_seconds(3600));
    assert_eq!(first(Answer::Status(503, hour)), in_seconds(3600));
    assert_eq!(
        first(Answer::Status(500, hour)),
        in_seconds(5),
        "only where it is defined"
    );
    let year = Some(SignedDuration::from_hours(24 * 365));
    assert_eq!(first(Answer::Status(503, year)), in_seconds(24 * 3600), "bounded");
    assert_eq!(
        after(
            Answer::Status(503, Some(SignedDuration::from_secs(1))),
            4,
            now,
            0.0
        ),
        in_seconds(7200),
        "asking for less does not hurry"
    );
    assert_eq!(after(Answer::Nothing, 10, now, 0.5), Next::GiveUp);
    assert_eq!(after(Answer::Status(200, None), 10, now, 0.5), Next::Delivered);
}

#[test]
fn all_attempts_together_take_a_little_over_three_days() {
    let mut now = Timestamp::UNIX_EPOCH;
    let mut tries = 1;
    while let Next::Again(at) = after(Answer::Nothing, tries, now, 0.0) {
        now = at;
        tries += 1;
    }
    assert_eq!(tries, 10);
    let hours = now.duration_since(Timestamp::UNIX_EPOCH).as_hours();
    assert!((72..80).contains(&hours), "{hours} hours");
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let now: Timestamp = "2026-11-23T02:00:00Z".parse().unwrap();
    let read = |text| retry_after(text, now).map(|wait| wait.as_secs());
    assert_eq!(read("120"), Some(120));
    assert_eq!(read("Mon, 23 Nov 2026 02:01:00 GMT"), Some(60));
    assert_eq!(read("Mon, 23 Nov 2026 01:00:00 GMT"), None);
    assert_eq!(read("99999999999999999999999"), Some(24 * 3600));
    for nothing in ["", "-5", "soon", "1.5"] {
        assert_eq!(read(nothing), None, "{nothing}");
    }
}

fn endpoint(owner: Owner, kinds: Kinds) -> Endpoint {
    Endpoint {
        id: kernel::EndpointId(Uuid::now_v7()),
        owner,
        target: Target::parse("https://hooks.example/", &closed()).unwrap(),
        description: String::new(),
        kinds,
        state: State::Enabled,
        failing_since: None,
        delivered_at: None,
        old_secret_until: None,
        version: 1,
        created_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn an_accounts_endpoint_gets_its_own_events_and_only_those_that_it_may_see() {
    let (own, other) = (Uuid::now_v7().into(), Uuid::now_v7().into());
    let subject = Uuid::now_v7();
    let of_account = endpoint(Owner::Account(own), Kinds::All);
    let kind = "registration.approved";
    assert!(gets(&of_account, kind, Audience::Account, subject, Some(own)));
    assert!(gets(&of_account, kind, Audience::Root, subject, Some(own)));
    assert!(!gets(&of_account, kind, Audience::Account, subject, Some(other)));
    assert!(!gets(&of_account, kind, Audience::Account, subject, None));
    assert!(!gets(&of_account, kind, Audience::Staff, subject, Some(own)));

    let of_provider = endpoint(Owner::Provider, Kinds::Chosen([kind.to_owned()].into()));
    assert!(gets(&of_provider, kind, Audience::Staff, subject, Some(other)));
    assert!(!gets(
        &of_provider,
        "account.created",
        Audience::Staff,
        subject,
        Some(other)
    ));

    let disabled = Endpoint {
        state: State::Disabled {
            reason: Reason::ByHand,
            at: Timestamp::UNIX_EPOCH,
        },
        ..of_provider
    };
    assert!(!gets(&disabled, kind, Audience::Account, subject, Some(other)));
}

#[test]
fn a_test_goes_to_the_endpoint_that_is_tried_whatever_it_chose() {
    let tried = endpoint(
        Owner::Provider,
        Kinds::Chosen(["account.created".to_owned()].into()),
    );
    let other = endpoint(Owner::Provider, Kinds::All);
    let test = |endpoint: &Endpoint| gets(endpoint, TESTED, Audience::Account, tried.id.into(), None);
    assert!(test(&tried));
    assert!(!test(&other));
    assert_eq!(EndpointEvent::Tested.kind(), TESTED);
}

#[test]
fn what_was_recorded_of_a_failure_is_read_back() {
    let refused = "cannot connect: Connection refused (os error 111)";
    let behind = ": Connection refused (os error 111)";
    assert_eq!(Failure::read(refused), Some((Failure::CannotConnect, behind)));
    assert_eq!(Failure::read("timed out"), Some((Failure::TimedOut, "")));
    let private = BadTarget::Private.to_string();
    assert_eq!(Failure::read(&private), Some((Failure::OutOfReach, "")));
    assert_eq!(Failure::read("longer than 2000 characters"), None);
}
