use proptest::prelude::*;
use uuid::Uuid;

use super::{Checkpoint, Finding, Timestamp, Verifier};
use crate::{audit::chain::Seal, event::row::Model};

fn event(number: u128, data: &str) -> Model {
    Model {
        id: Uuid::from_u128(number),
        at: 1_790_000_000_000,
        kind: "account.created".to_owned(),
        subject: "account".to_owned(),
        subject_id: Uuid::from_u128(number + 1_000),
        account_id: None,
        actor: r#"{"who":"system"}"#.to_owned(),
        origin: None,
        data: data.to_owned(),
        seq: None,
        seal: None,
        actor_id: None,
        before: None,
        after: None,
    }
}

fn sealed(data: &[String]) -> Vec<Model> {
    let mut seal = Seal::START;
    (1..)
        .zip(data)
        .map(|(seq, data)| {
            let mut row = event(u128::try_from(seq).unwrap(), data);
            seal = seal.next(seq, &row);
            row.seq = Some(seq);
            row.seal = Some(seal.to_string());
            row
        })
        .collect()
}

fn findings(rows: &[Model], checkpoints: &[Checkpoint]) -> Vec<Finding> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| row.seq);
    let mut verifier = Verifier::new(checkpoints);
    for row in &rows {
        verifier.see(row);
    }
    verifier.finish();
    verifier.findings
}

fn checkpoint(rows: &[Model]) -> Checkpoint {
    let last = rows.last().unwrap();
    Checkpoint {
        seq: last.seq.unwrap(),
        seal: last.seal.as_ref().unwrap().parse().unwrap(),
        time: Timestamp::UNIX_EPOCH,
    }
}

fn trail() -> impl Strategy<Value = Vec<Model>> {
    proptest::collection::vec("[a-z{}\"]{0,8}", 3..20).prop_map(|data| sealed(&data))
}

#[test]
fn the_encoding_of_version_1_stays_as_it_is() {
    let mut row = event(1, "{}");
    row.origin = Some("192.0.2.7".to_owned());
    let seal = Seal::START.next(1, &row).to_string();
    // Computed apart from this code, by the description in `Seal::next`.
    assert_eq!(
        seal,
        "1:9e570da339a60786543ce6084621c08489a72850e2215899d9a017b402eb5853"
    );
    assert_eq!(seal.parse::<Seal>().unwrap().to_string(), seal);
    for wrong in [
        "",
        "1:",
        "2:00",
        &seal.replace("1:", "2:"),
        &format!("{seal}0"),
        &seal.to_uppercase(),
    ] {
        assert!(wrong.parse::<Seal>().is_err(), "{wrong}");
    }
}

#[test]
fn a_moved_row_is_recognised() {
    let mut rows = sealed(&["a", "b", "c", "d"].map(str::to_owned));
    (rows[1].seq, rows[2].seq) = (rows[2].seq, rows[1].seq);
    let id = |row: &Model| kernel::EventId(row.id);
    let found = findings(&rows, &[]);
    assert_eq!(
        found[0],
        Finding::Changed {
            seq: 2,
            id: id(&rows[2])
        }
    );
    assert_eq!(
        found[1],
        Finding::Moved {
            seq: 3,
            id: id(&rows[1]),
            from: 2
        }
    );
}

#[test]
fn a_checkpoint_of_an_empty_trail_says_nothing() {
    let empty = Checkpoint {
        seq: 0,
        seal: Seal::START,
        time: Timestamp::UNIX_EPOCH,
    };
    assert_eq!(
        findings(&sealed(&["a".to_owned()]), std::slice::from_ref(&empty)),
        []
    );
    assert_eq!(findings(&[], &[empty]), []);
}

proptest! {
    #[test]
    fn what_was_written_holds(rows in trail(), at in any::<prop::sample::Index>()) {
        let early = checkpoint(&rows[..=at.index(rows.len())]);
        prop_assert_eq!(findings(&rows, &[early, checkpoint(&rows)]), []);
    }

    #[test]
    fn a_change_of_any_column_is_one_finding_at_its_place(
        rows in trail(), at in any::<prop::sample::Index>(), column in 0..11,
    ) {
        let mut rows = rows;
        let at = at.index(rows.len());
        let row = &mut rows[at];
        let other = Uuid::from_u128(77);
        match column {
            0 => row.at += 1,
            1 => row.kind.push('x'),
            2 => row.subject.push('x'),
            3 => row.subject_id = other,
            4 => row.account_id = Some(other),
            5 => row.actor = r#"{"who":"visitor"}"#.to_owned(),
            6 => row.origin = Some(String::new()),
            7 => row.data.push('x'),
            8 => row.before = Some(String::new()),
            9 => row.after = Some("{}".to_owned()),
            _ => row.id = other,
        }
        let expected = Finding::Changed { seq: row.seq.unwrap(), id: kernel::EventId(row.id) };
        prop_assert_eq!(findings(&rows, &[]), [expected]);
    }

    #[test]
    fn a_removed_row_is_missing(rows in trail(), at in any::<prop::sample::Index>()) {
        let mut rows = rows;
        let kept = checkpoint(&rows);
        let gone = rows.remove(at.index(rows.len())).seq.unwrap();
        let expected = if gone == kept.seq {
            // The chain alone cannot show that its end is gone.
            prop_assert_eq!(findings(&rows, &[]), []);
            Finding::CutOff { from: gone, checkpoint: gone }
        } else {
            Finding::Missing { from: gone, to: gone }
        };
        prop_assert_eq!(findings(&rows, &[kept]), [expected]);
    }

    #[test]
    fn rows_that_change_places_are_found(
        rows in trail(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>(),
    ) {
        let mut rows = rows;
        let (a, b) = (a.index(rows.len()), b.index(rows.len()));
        prop_assume!(a != b);
        (rows[a].seq, rows[b].seq) = (rows[b].seq, rows[a].seq);
        prop_assert!(!findings(&rows, &[]).is_empty());
    }

    #[test]
    fn an_inserted_row_is_found_even_with_a_seal_of_its_own(
        rows in trail(), at in any::<prop::sample::Index>(), shift in any::<bool>(),
    ) {
        let mut rows = rows;
        let at = at.index(rows.len() - 1);
        let seq = rows[at].seq.unwrap();
        let before = if at == 0 { Seal::START } else { rows[at - 1].seal.as_ref().unwrap().parse().unwrap() };
        let mut forged = event(99_999, "forged");
        forged.seq = Some(seq);
        forged.seal = Some(before.next(seq, &forged).to_string());
        if shift {
            rows[at..].iter_mut().for_each(|row| row.seq = row.seq.map(|seq| seq + 1));
        }
        rows.insert(at, forged);
        prop_assert!(!findings(&rows, &[]).is_empty());
    }

    #[test]
    fn a_trail_that_was_written_anew_is_not_the_one_of_the_checkpoint(rows in trail()) {
        let kept = checkpoint(&rows);
        let mut data: Vec<String> = rows.iter().map(|row| row.data.clone()).collect();
        data[0].push('x');
        let anew = sealed(&data);
        prop_assert_eq!(findings(&anew, &[]), []);
        prop_assert_eq!(findings(&anew, std::slice::from_ref(&kept)), [Finding::Rewritten { checkpoint: kept.seq }]);
    }
}
