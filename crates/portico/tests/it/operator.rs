//! Who runs the portal, in its audit trail.

use std::{path::Path, process::Command};

use platform::Db;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::{
    crash::write_config,
    terminal::{Ran, portico},
};

#[tokio::test]
async fn whoever_makes_somebody_staff_at_the_command_line_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    write_config(data, "http://127.0.0.1:1");
    let mut add = portico();
    add.args(["staff", "add", "hoa@vngcloud.example", "Hoa", "lead"])
        .arg("--config")
        .arg(data.join("portico.toml"))
        .arg("--data")
        .arg(data)
        .env("SUDO_USER", "minh");
    Ran::of(&mut add).expect(0, "hoa@vngcloud.example is now lead");

    let file = data.join("portico.db");
    let db = Db::connect(&format!("sqlite://{}", file.display()), 4)
        .await
        .unwrap();
    let sql = "SELECT actor FROM events WHERE kind = 'staff.added'";
    let row = db
        .read()
        .query_one_raw(Statement::from_string(db.backend(), sql))
        .await
        .unwrap()
        .unwrap();
    let actor: String = row.try_get_by_index(0).unwrap();
    let actor: Value = serde_json::from_str(&actor).unwrap();
    assert_eq!(actor["who"], json!("operator"));
    let name = actor["name"].as_str().unwrap();
    assert!(name == "minh" || name.starts_with("minh@"), "{name}");
}

/// A new installation whose accounts are those of a file, and commands on it.
fn accounts_of(folder: &Path, csv: &str) -> impl Fn(&[&str]) -> Command {
    write_config(folder, "http://127.0.0.1:1");
    let file = folder.join("accounts.csv");
    std::fs::write(&file, csv).unwrap();
    let folder = folder.to_owned();
    let accounts = move |arguments: &[&str]| {
        let mut command = portico();
        command.arg("accounts").args(arguments);
        command.arg("--config").arg(folder.join("portico.toml"));
        command.arg("--data").arg(&folder);
        command
    };
    Ran::of(&mut accounts(&["import", &file.display().to_string()])).expect(0, "1 created");
    accounts
}

#[tokio::test]
async fn what_billing_knows_of_an_account_is_set_at_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let accounts = accounts_of(folder.path(), "email,name,in_poc\nlan@saomai.example,Lan,true\n");
    let mut set = accounts(&[
        "set",
        "lan@saomai.example",
        "--in-poc",
        "false",
        "--payment-mode",
        "postpaid",
    ]);
    let told = "lan@saomai.example is postpaid, uses_services false, enjoys_discount false, in_poc false";
    Ran::of(&mut set).expect(0, told);
    Ran::of(&mut accounts(&["set", "lan@saomai.example"])).expect(2, "required");
    let mut unknown = accounts(&["set", "nobody@saomai.example", "--in-poc", "true"]);
    Ran::of(&mut unknown).expect(1, "nobody@saomai.example is no root user's address");
}

#[tokio::test]
async fn what_names_a_company_is_corrected_at_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let company =
        "email,name,class,legal_name,tax_code\nlan@saomai.example,Lan,enterprise,Sao May,0100109106\n";
    let accounts = accounts_of(folder.path(), company);
    let mut correct = accounts(&["correct", "lan@saomai.example", "--legal-name", "Sao Mai"]);
    Ran::of(&mut correct).expect(0, "lan@saomai.example is Sao Mai, VN 0100109106");
    let mut wrong = accounts(&["correct", "lan@saomai.example", "--tax-code", "12"]);
    Ran::of(&mut wrong).expect(1, "there are 2");
    Ran::of(&mut accounts(&["correct", "lan@saomai.example"])).expect(2, "required");
}
