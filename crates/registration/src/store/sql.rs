//! A statement as it grows: `$n` for values, as both databases read it.

use platform::Db;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};
use uuid::Uuid;

use crate::search;

#[derive(Default)]
pub(super) struct Sql {
    pub(super) text: String,
    values: Vec<Value>,
}

impl Sql {
    /// A statement without values.
    pub(super) fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            values: Vec::new(),
        }
    }

    /// The placeholder of a value.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// The condition on an entry of the index of words that it begins so.
    pub(super) fn begins(&mut self, word: &str) -> String {
        let (from, to) = search::range(word);
        format!("word >= {} AND word < {}", self.bind(from), self.bind(to))
    }

    /// The ids that a query finds, as one value for [`Self::lists`] to read.
    pub(super) fn list(db: &Db, ids: &str) -> String {
        let joined = match db.backend() {
            DbBackend::Sqlite => "CAST(group_concat(id, '') AS BLOB)",
            _ => "string_agg(uuid_send(id), ''::bytea)",
        };
        format!("(WITH listed (id) AS ({ids}) SELECT {joined} FROM listed)")
    }

    /// A table `few` of these ids. Said so that neither database can turn it round: first the few, then their rows.
    pub(super) fn few(&mut self, ids: &[Uuid]) -> String {
        let ids: Vec<String> = ids.iter().map(|id| format!("({})", self.bind(*id))).collect();
        format!(
            "WITH few (registration_id) AS MATERIALIZED (VALUES {})",
            ids.join(",")
        )
    }

    /// Conditions, each after an `AND`, that the registration whose id is `id` has words that begin so.
    pub(super) fn have(&mut self, words: &[String], id: &str) -> String {
        // The offset keeps PostgreSQL from gathering all that have the word first.
        let have = words.iter().map(|word| {
            format!(
                " AND EXISTS (SELECT 1 FROM registration_words also WHERE also.registration_id = {id} AND {} \
                 LIMIT 1 OFFSET 0)",
                self.begins(word).replace("word ", "also.word ")
            )
        });
        have.collect()
    }

    pub(super) fn statement(self, db: &Db) -> Statement {
        Statement::from_sql_and_values(db.backend(), self.text, self.values)
    }

    /// The number that it asks for.
    pub(super) async fn number(self, db: &Db) -> Result<u64, DbErr> {
        let row = db.read().query_one_raw(self.statement(db)).await?;
        let number: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(u64::try_from(number).unwrap_or_default())
    }

    /// The lists that it asks for, so many.
    pub(super) async fn lists(self, db: &Db, count: usize) -> Result<Vec<Vec<Uuid>>, DbErr> {
        let row = db.read().query_one_raw(self.statement(db)).await?;
        let row = row.ok_or_else(|| DbErr::RecordNotFound("a list".to_owned()))?;
        (0..count)
            .map(|at| {
                Ok(ids(&row
                    .try_get_by_index::<Option<Vec<u8>>>(at)?
                    .unwrap_or_default()))
            })
            .collect()
    }

    /// The ids that it asks for.
    pub(super) async fn ids(self, db: &Db) -> Result<Vec<Uuid>, DbErr> {
        let rows = db.read().query_all_raw(self.statement(db)).await?;
        rows.iter().map(|row| row.try_get_by_index(0)).collect()
    }
}

/// Ids that stand one behind the other.
fn ids(bytes: &[u8]) -> Vec<Uuid> {
    let (ids, _) = bytes.as_chunks();
    ids.iter().copied().map(Uuid::from_bytes).collect()
}
