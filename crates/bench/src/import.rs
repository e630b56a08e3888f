//! The import of existing accounts against the database's own bulk load.

use std::{fmt::Write as _, fs, io::Write as _, path::Path, time::Instant};

use sea_orm::ConnectionTrait;
use tokio::process::Command;

use crate::{
    Result,
    report::{Aim, Figure},
    stage::{Database, Site, Stage},
};

pub(crate) const ABOUT: &str = "\
`portico accounts import` of a CSV file of 1,000,000 accounts (`--accounts`), every other one a company's, into an empty
installation: the whole command, with its checks, one event an account and a commit every 20,000 rows. The reference loads the rows
that it wrote, as they are, into the same empty tables with the same indexes, in one transaction: on PostgreSQL
`COPY … FROM` by psql, on SQLite `INSERT … SELECT` from an attached database, with as large a page cache.";

/// The tables that an import writes to.
const TABLES: [&str; 3] = ["accounts", "users", "events"];

pub(crate) async fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // Minutes each: three are enough to see how far they lie apart.
    for _ in 0..stage.rounds.min(3) {
        let imported = stage.site().await?;
        imported.open().await?.app.db().clone().close().await?;
        let file = imported.folder().join("accounts.csv");
        write_file(&file, stage.accounts)?;
        ours.push(import(stage, &imported, &file).await?);
        let loaded = stage.site().await?;
        loaded.open().await?.app.db().clone().close().await?;
        theirs.push(match stage.database {
            Database::Sqlite => load_sqlite(&imported, &loaded).await?,
            Database::Postgres => load_postgres(&imported, &loaded).await?,
        });
    }
    #[expect(clippy::cast_precision_loss, reason = "a count far below 2^52")]
    let rows = stage.accounts as f64;
    let per_second = |seconds: &[f64]| seconds.iter().map(|took| rows / took).collect();
    let ratios = theirs.iter().zip(&ours).map(|(their, our)| their / our).collect();
    Ok(vec![
        Figure::new("bulk load", "accounts/s", per_second(&theirs)),
        Figure::new("import", "accounts/s", per_second(&ours)),
        Figure::new("**import ÷ bulk load**", "", ratios).aim(Aim::AtLeast(0.3)),
    ])
}

/// Every other account is a company's; addresses in no order, as a provider's are.
fn write_file(path: &Path, accounts: u64) -> Result<()> {
    let mut file = std::io::BufWriter::new(fs::File::create(path)?);
    writeln!(
        file,
        "email,name,phone,class,legal_name,country,tax_code,language,uses_services"
    )?;
    for number in 0..accounts {
        // An odd factor goes through all 32-bit numbers.
        let mixed = u32::try_from(number)?.wrapping_mul(2_654_435_761);
        let company = if number % 2 == 0 {
            format!("enterprise,Company {mixed:08x} Pte. Ltd.,SG,2{mixed:010}")
        } else {
            "individual,,,".to_owned()
        };
        writeln!(
            file,
            "root{mixed:08x}@company{mixed:08x}.example,Nguyễn Văn {mixed:x},+84 28 {:08},{company},vi,true",
            number % 100_000_000
        )?;
    }
    Ok(file.flush()?)
}

async fn import(stage: &Stage, site: &Site, file: &Path) -> Result<f64> {
    let mut command = stage.command(site);
    command.args(["accounts", "import"]).arg(file);
    command.arg("--data").arg(site.folder());
    command.arg("--config").arg(site.write_config()?);
    let begun = Instant::now();
    let done = command.output().await?;
    let took = begun.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&done.stdout);
    if !done.status.success() || !said.contains(&format!("{} created", stage.accounts)) {
        return Err(format!("{said}{}", String::from_utf8_lossy(&done.stderr)).into());
    }
    Ok(took)
}

async fn load_sqlite(from: &Site, to: &Site) -> Result<f64> {
    let file = |site: &Site| site.folder().join("portico.db");
    let mut options = sea_orm::ConnectOptions::new(format!("sqlite://{}", file(to).display()));
    options.max_connections(1);
    let db = sea_orm::Database::connect(options).await?;
    db.execute_unprepared(&format!(
        "PRAGMA synchronous = FULL; PRAGMA cache_size = -262144; ATTACH '{}' AS imported",
        file(from).display()
    ))
    .await?;
    let mut load = "BEGIN IMMEDIATE;".to_owned();
    for table in TABLES {
        write!(load, "INSERT INTO main.{table} SELECT * FROM imported.{table};")?;
    }
    let begun = Instant::now();
    db.execute_unprepared(&(load + "COMMIT")).await?;
    let took = begun.elapsed().as_secs_f64();
    db.close().await?;
    Ok(took)
}

async fn load_postgres(from: &Site, to: &Site) -> Result<f64> {
    let copy = |way: &str| -> String {
        let file = |table: &str| from.folder().join(format!("{table}.copy")).display().to_string();
        TABLES.iter().fold(String::new(), |all, table| {
            all + &format!("\\copy {table} {way} '{}'\n", file(table))
        })
    };
    psql(from, &copy("to")).await?;
    let begun = Instant::now();
    psql(to, &format!("BEGIN;\n{}COMMIT;\n", copy("from"))).await?;
    Ok(begun.elapsed().as_secs_f64())
}

async fn psql(site: &Site, script: &str) -> Result<()> {
    let path = site.folder().join("script.sql");
    fs::write(&path, script)?;
    let url = site.database_url().ok_or("on PostgreSQL there is an address")?;
    let done = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file"])
        .arg(&path)
        .arg(url)
        .output()
        .await?;
    if done.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&done.stderr).into_owned().into())
    }
}
