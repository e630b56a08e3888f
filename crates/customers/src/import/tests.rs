use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::{Column, FileError, Line, MOST_ROWS, Mistake, Planned, emails, plan, read};

fn line(number: usize, email: &str, name: &str, role: &str) -> Line {
    Line {
        number,
        email: email.to_owned(),
        name: name.to_owned(),
        role: role.to_owned(),
    }
}

fn book(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn what_spreadsheets_of_both_languages_write_is_read() {
    let expected = vec![
        line(2, "an@a.example", "An", ""),
        line(4, "binh@b.example", "Bình", "shop"),
    ];
    let comma = "email,name,role\nan@a.example,An,\n\nbinh@b.example,Bình,shop\n";
    assert_eq!(read(comma.as_bytes()).unwrap(), expected);
    let semicolons = "\u{feff}Vai trò;TÊN;Thư điện tử;Ghi chú\r\n;An;an@a.example;x\r\n;;;\r\nshop; Bình ;binh@b.example;\r\n";
    assert_eq!(read(semicolons.as_bytes()).unwrap(), expected);
    let tabs = "Email\tName\tRole\nan@a.example\tAn\n\t\nbinh@b.example\tBình\tshop";
    assert_eq!(read(tabs.as_bytes()).unwrap(), expected);
    let sheet = book(&[
        &["Tên gọi", "Email", "Role"],
        &["An", "an@a.example"],
        &["", " "],
        &["Bình", "binh@b.example", "shop"],
    ]);
    assert_eq!(read(&sheet).unwrap(), expected);
}

#[test]
fn a_sheet_of_another_program_is_read_and_numbers_are_texts() {
    let file = include_bytes!("../../../../fuzz/corpus/customers_file/two.xlsx");
    let expected = [
        line(2, "an@a.example", "An", ""),
        line(4, "b@b.example", "42", ""),
    ];
    assert_eq!(read(file).unwrap(), expected);
}

#[test]
fn what_cannot_be_used_says_why() {
    let cases: [(&[u8], FileError); 9] = [
        (b"", FileError::Empty),
        (b"email,name\n,\n", FileError::Empty),
        (b"email\na@a.example\n", FileError::NoColumn(Column::Name)),
        (b"name;role\nAn;x\n", FileError::NoColumn(Column::Email)),
        (b"email,name\n\xff\xfe,x\n", FileError::Unreadable),
        (b"PK\x03\x04 no archive", FileError::Unreadable),
        (b"\x89PNG\r\n", FileError::Unreadable),
        (b"%PDF-1.7\n1 0 obj\n", FileError::Unreadable),
        (b"email,name\na@a.example,A\0\n", FileError::Unreadable),
    ];
    for (file, error) in cases {
        assert_eq!(read(file), Err(error), "{:?}", String::from_utf8_lossy(file));
    }
    let rows = |n: usize| "email,name\n".to_owned() + &"a@a.example,A\n".repeat(n);
    assert_eq!(
        read(rows(MOST_ROWS).as_bytes()).map(|lines| lines.len()),
        Ok(MOST_ROWS)
    );
    assert_eq!(read(rows(MOST_ROWS + 1).as_bytes()), Err(FileError::TooMany));
}

#[test]
fn a_character_that_cannot_be_shown_spoils_its_cell_at_most() {
    let file = "email,name\na@a.example,A\u{b}B\nb@b.example,C\u{1a}\nc@c.example,D\u{85}E\nd@d.example,F\n";
    let lines = read(file.as_bytes()).unwrap();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[3], line(5, "d@d.example", "F", ""));
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_not_read() {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("xl/workbook.xml", options).unwrap();
    for _ in 0..33 {
        archive.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    }
    let bomb = archive.finish().unwrap().into_inner();
    assert!(bomb.len() < super::MOST_BYTES);
    assert_eq!(read(&bomb), Err(FileError::Unreadable));
}

/// The partner's address.
fn own() -> kernel::EmailAddress {
    "own@partner.example".parse().unwrap()
}

#[test]
fn one_long_text_that_many_cells_name_is_not_kept_as_often() {
    let long = "x".repeat(32_000);
    let row = [long.as_str(); 64];
    let file = book(&[&row[..]; 100]);
    assert!(file.len() < super::MOST_BYTES);
    let rows = super::sheet::rows(&file).unwrap();
    let kept: usize = rows.iter().flat_map(|(_, cells)| cells).map(String::len).sum();
    assert!(kept < 4 * 1024 * 1024, "{kept} bytes");
}

#[test]
fn a_cell_that_is_too_long_stays_so() {
    let long = format!("An{}x", " ".repeat(400));
    let lines = read(&book(&[&["Email", "Name"], &["an@a.example", &long]])).unwrap();
    assert!(matches!(&plan(&lines, None, |_| None)[0], Planned::Wrong(mistakes) if mistakes.len() == 1));
}

#[test]
fn each_row_says_what_would_become_of_it() {
    let lines = [
        line(2, "an@a.example", "An", ""),
        line(3, "AN@a.example", "An again", ""),
        line(4, "known@b.example", "Bình", ""),
        line(5, "none", "", &"x".repeat(51)),
        line(6, "Own@partner.example", "We", ""),
    ];
    let planned = plan(&lines, Some(&own()), |email| {
        (email.as_str() == "known@b.example").then_some(Planned::Already)
    });
    assert!(matches!(&planned[0], Planned::Invite(invitee) if invitee.email.as_str() == "an@a.example"));
    assert_eq!(planned[1], Planned::Wrong(vec![Mistake::Twice(2)]));
    assert_eq!(planned[2], Planned::Already);
    assert!(matches!(&planned[3], Planned::Wrong(mistakes) if mistakes.len() == 3));
    assert_eq!(planned[4], Planned::Wrong(vec![Mistake::Own]));
    assert_eq!(emails(&lines).len(), 4);
}

proptest! {
    #[test]
    fn no_file_is_too_strange(file in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&file);
    }

    #[test]
    fn what_is_invited_is_unique_and_not_open(emails in prop::collection::vec("[a-c]@[ab]\\.vn", 1..30)) {
        let lines: Vec<Line> = emails.iter().enumerate().map(|(n, email)| line(n + 2, email, "A", "")).collect();
        let planned = plan(&lines, Some(&own()), |email| {
            email.as_str().starts_with('c').then_some(Planned::TooSoon)
        });
        let mut invited: Vec<&str> = planned.iter().filter_map(|one| match one {
            Planned::Invite(invitee) => Some(invitee.email.as_str()),
            _ => None,
        }).collect();
        prop_assert!(invited.iter().all(|email| !email.starts_with('c')));
        let count = invited.len();
        invited.sort_unstable();
        invited.dedup();
        prop_assert_eq!(invited.len(), count);
    }
}
