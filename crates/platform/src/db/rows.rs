//! Many rows in one statement: inserted, or handed in as a table to join.

use std::fmt::Write as _;

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, DbErr, EntityName, EntityTrait, Iden, Iterable, Statement,
    Value,
};
use serde_json::json;

use super::Tx;

/// How many values a statement for SQLite binds at most: many rows, and far below what SQLite allows (32766).
const BOUND: usize = 2_000;

/// How many rows are few: on SQLite they are written later, together with others. Statements that go together are
/// prepared together, each combination of numbers of rows once: there should not be many.
const FEW: usize = 8;

/// Rows of one table, as their values in the order of the columns.
pub(crate) struct Rows {
    pub(crate) table: String,
    pub(crate) columns: Vec<String>,
    pub(crate) values: Vec<Value>,
}

/// Inserts rows in as few statements as the database allows, and few of them later ([`Tx::write_later`]). All of them set
/// the same columns; of no rows nothing is asked.
pub async fn insert_many<A: ActiveModelTrait>(tx: &Tx, models: Vec<A>) -> Result<(), DbErr> {
    let Some(rows) = Rows::of(models)? else {
        return Ok(());
    };
    match tx.get_database_backend() {
        DbBackend::Postgres if rows.values.len() > rows.columns.len() => rows.insert_arrays(tx).await,
        DbBackend::Postgres => rows.insert_one(tx).await,
        _ => rows.insert_bound(tx).await,
    }
}

impl Rows {
    pub(crate) fn of<A: ActiveModelTrait>(models: Vec<A>) -> Result<Option<Self>, DbErr> {
        // What one row sets and another does not is an error below: neither is left out in silence.
        let is_set = |column: &<A::Entity as EntityTrait>::Column| {
            models.iter().any(|model| !model.get(*column).is_not_set())
        };
        let set: Vec<<A::Entity as EntityTrait>::Column> = <A::Entity as EntityTrait>::Column::iter()
            .filter(is_set)
            .collect();
        if set.is_empty() {
            return Ok(None);
        }
        let mut values = Vec::with_capacity(models.len() * set.len());
        for mut model in models {
            for column in &set {
                let value = model.take(*column).into_value();
                values.push(value.ok_or_else(|| DbErr::AttrNotSet(column.to_string()))?);
            }
        }
        Ok(Some(Self {
            table: A::Entity::default().table_name().to_owned(),
            columns: set.iter().map(Iden::to_string).collect(),
            values,
        }))
    }

    /// On SQLite: each statement binds the values of a power of two of rows, so that there are few different ones, each
    /// prepared once.
    pub(crate) async fn insert_bound(self, tx: &Tx) -> Result<(), DbErr> {
        let width = self.columns.len();
        let mut left = self.values.len() / width;
        let most = (BOUND / width).max(1);
        let few = left <= FEW;
        let row = format!("({})", vec!["?"; width].join(","));
        // A failure ends the turn and undoes all of it: keeping what it takes to undo one statement would be work for nothing.
        let head = format!(
            "INSERT OR FAIL INTO {} ({}) VALUES ",
            self.table,
            self.columns.join(", ")
        );
        let mut values = self.values.into_iter();
        while left > 0 {
            let rows = 1 << left.min(most).ilog2();
            let some: Vec<Value> = values.by_ref().take(rows * width).collect();
            let sql = head.clone() + &vec![&row[..]; rows].join(",");
            let write = Statement::from_sql_and_values(DbBackend::Sqlite, sql, some);
            if few {
                tx.write_later(write).await?;
            } else {
                tx.execute_raw(write).await?;
            }
            left -= rows;
        }
        Ok(())
    }

    /// On PostgreSQL, of a single row: it need not be taken out of arrays.
    async fn insert_one(self, tx: &Tx) -> Result<(), DbErr> {
        let places: Vec<String> = (1..=self.columns.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.table,
            self.columns.join(", "),
            places.join(", ")
        );
        let write = Statement::from_sql_and_values(DbBackend::Postgres, sql, self.values);
        tx.execute_raw(write).await.map(|_| ())
    }

    /// On PostgreSQL: one statement that is the same for any number of rows and takes an array a column.
    async fn insert_arrays(self, tx: &Tx) -> Result<(), DbErr> {
        let width = self.columns.len();
        let mut arrays = Vec::with_capacity(width);
        let mut types = Vec::with_capacity(width);
        for column in 0..width {
            let values = self.values.iter().skip(column).step_by(width);
            let (array, kind) = array(values)?;
            arrays.push(array.into());
            types.push(format!("${}::text::{kind}[]", column + 1));
        }
        let sql = format!(
            "INSERT INTO {} ({}) SELECT * FROM unnest({})",
            self.table,
            self.columns.join(", "),
            types.join(", ")
        );
        tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, arrays))
            .await
            .map(|_| ())
    }
}

/// Rows that a statement is handed as a table: as many as there are, and the statement stays the same.
pub struct Given {
    /// What stands behind `FROM`, `JOIN` or `USING`: the table with its alias.
    pub table: String,
    /// What is bound to it, from the first place on.
    pub values: Vec<Value>,
}

impl Given {
    /// The rows, at least one, each the values of `columns`. Ids, whole numbers and texts only.
    pub fn rows(backend: DbBackend, alias: &str, columns: &[&str], values: &[Value]) -> Result<Self, DbErr> {
        let width = columns.len();
        if backend == DbBackend::Postgres {
            let mut arrays = Vec::with_capacity(width);
            let mut places = Vec::with_capacity(width);
            for column in 0..width {
                let (array, kind) = array(values.iter().skip(column).step_by(width))?;
                arrays.push(array.into());
                places.push(format!("${}::text::{kind}[]", column + 1));
            }
            return Ok(Self {
                table: format!(
                    "unnest({}) AS {alias} ({})",
                    places.join(", "),
                    columns.join(", ")
                ),
                values: arrays,
            });
        }
        let selected = columns.iter().zip(values).enumerate();
        let selected: Vec<String> = selected
            .map(|(at, (column, value))| match value {
                Value::Uuid(_) => format!("unhex(value ->> {at}) AS {column}"),
                _ => format!("value ->> {at} AS {column}"),
            })
            .collect();
        let rows: Vec<_> = values
            .chunks(width)
            .map(|row| row.iter().map(as_json).collect::<Vec<_>>())
            .collect();
        Ok(Self {
            table: format!("(SELECT {} FROM json_each(?)) AS {alias}", selected.join(", ")),
            values: vec![json!(rows).to_string().into()],
        })
    }
}

fn as_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Uuid(Some(id)) => json!(id.simple().to_string()),
        Value::BigInt(Some(number)) => json!(number),
        Value::Int(Some(number)) => json!(number),
        Value::String(Some(text)) => json!(text),
        _ => serde_json::Value::Null,
    }
}

/// Values of one column as the text of a PostgreSQL array, and the type of its elements.
fn array<'a>(values: impl Iterator<Item = &'a Value>) -> Result<(String, &'static str), DbErr> {
    let mut text = String::from("{");
    let mut kind = "text";
    for (place, value) in values.enumerate() {
        text.push_str(if place == 0 { "" } else { "," });
        kind = element(&mut text, value)?;
    }
    text.push('}');
    Ok((text, kind))
}

/// One element of it. Writing to a text cannot fail.
fn element(text: &mut String, value: &Value) -> Result<&'static str, DbErr> {
    match value {
        Value::String(Some(value)) => quoted(text, value),
        Value::BigInt(Some(value)) => {
            let _ = write!(text, "{value}");
        }
        Value::Int(Some(value)) => {
            let _ = write!(text, "{value}");
        }
        Value::Bool(Some(value)) => text.push(if *value { 't' } else { 'f' }),
        Value::Uuid(Some(value)) => {
            let _ = write!(text, "{value}");
        }
        _ => text.push_str("NULL"),
    }
    Ok(match value {
        Value::String(_) => "text",
        Value::BigInt(_) => "bigint",
        Value::Int(_) => "integer",
        Value::Bool(_) => "boolean",
        Value::Uuid(_) => "uuid",
        other => return Err(DbErr::Type(format!("no column of many rows holds {other:?}"))),
    })
}

fn quoted(text: &mut String, value: &str) {
    text.push('"');
    for c in value.chars() {
        if matches!(c, '"' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use sea_orm::Value;

    use super::array;

    #[test]
    fn arrays_are_written_as_postgres_reads_them() {
        let texts: [Value; 4] = [
            r#"a "b" \c"#.into(),
            Value::String(None),
            "NULL".into(),
            "{x,\n}".into(),
        ];
        let written = array(texts.iter()).unwrap();
        assert_eq!(
            written,
            (r#"{"a \"b\" \\c",NULL,"NULL","{x,"#.to_owned() + "\n}\"}", "text")
        );
        let numbers: [Value; 2] = [(-7_i64).into(), Value::BigInt(None)];
        assert_eq!(array(numbers.iter()).unwrap(), ("{-7,NULL}".to_owned(), "bigint"));
        assert!(array([Value::Double(Some(1.0))].iter()).is_err());
    }
}
