//! Who runs the portal, in its audit trail.

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
