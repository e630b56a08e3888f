//! A statement as a file.

use jiff::{Timestamp, tz::TimeZone};
use kernel::Money;
use platform::csv::harmless;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

/// What the file holds.
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// What it is about, above the headings of a workbook: account, period, currency, each with its name.
    pub(crate) about: [(String, String); 3],
    /// The headings.
    pub(crate) columns: [String; 6],
    /// What the balance before the period is called, and how much it is.
    pub(crate) opening: (String, Money),
    /// The same after it.
    pub(crate) closing: (String, Money),
    pub(crate) rows: Vec<Row>,
}

/// A movement.
pub(crate) struct Row {
    pub(crate) at: Timestamp,
    /// Transaction, kind, details.
    pub(crate) texts: [String; 3],
    pub(crate) amount: Money,
    pub(crate) balance: Money,
}

impl Sheet {
    /// As CSV (RFC 4180): times of the provider's zone with their offset (RFC 3339), amounts as plain numbers. The mark in
    /// front tells spreadsheets that it is UTF-8.
    pub(crate) fn csv(&self, zone: &TimeZone) -> Result<Vec<u8>, csv::Error> {
        let mut file = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        file.write_record(&self.columns)?;
        let balance = |(name, money): &(String, Money)| {
            [
                String::new(),
                String::new(),
                name.clone(),
                String::new(),
                String::new(),
                plain(*money),
            ]
        };
        file.write_record(balance(&self.opening))?;
        for row in &self.rows {
            let [transaction, kind, details] = &row.texts;
            file.write_record([
                local(row.at, zone),
                transaction.clone(),
                kind.clone(),
                harmless(details).into_owned(),
                plain(row.amount),
                plain(row.balance),
            ])?;
        }
        file.write_record(balance(&self.closing))?;
        file.into_inner().map_err(|error| error.into_error().into())
    }

    /// For Excel: times in the provider's zone, amounts as numbers.
    pub(crate) fn xlsx(&self, zone: &TimeZone) -> Result<Vec<u8>, XlsxError> {
        let bold = Format::new().set_bold();
        let time = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        let decimals = self.opening.1.currency().decimals() as usize;
        let money = Format::new().set_num_format(if decimals == 0 {
            "#,##0".to_owned()
        } else {
            format!("#,##0.{}", "0".repeat(decimals))
        });
        let mut book = Workbook::new();
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(self.name.chars().take(31).collect::<String>())?;
        for (column, width) in (0_u16..).zip([18.0, 16.0, 14.0, 40.0, 18.0, 18.0]) {
            sheet.set_column_width(column, width)?;
        }
        let mut line = 0_u32;
        for (name, text) in &self.about {
            sheet.write_string_with_format(line, 0, name, &bold)?;
            sheet.write_string(line, 1, text)?;
            line += 1;
        }
        line += 1;
        for (column, heading) in (0_u16..).zip(&self.columns) {
            sheet.write_string_with_format(line, column, heading, &bold)?;
        }
        line += 1;
        sheet.write_string(line, 2, &self.opening.0)?;
        sheet.write_number_with_format(line, 5, number(self.opening.1), &money)?;
        line += 1;
        for row in &self.rows {
            let local = row.at.to_zoned(zone.clone());
            let date = local.date();
            let at = ExcelDateTime::from_ymd(
                u16::try_from(date.year()).unwrap_or(9999),
                u8::try_from(date.month()).unwrap_or(1),
                u8::try_from(date.day()).unwrap_or(1),
            )?
            .and_hms(
                u16::try_from(local.hour()).unwrap_or_default(),
                u8::try_from(local.minute()).unwrap_or_default(),
                f64::from(local.second()),
            )?;
            sheet.write_datetime_with_format(line, 0, &at, &time)?;
            for (column, text) in (1_u16..).zip(&row.texts) {
                sheet.write_string(line, column, text)?;
            }
            sheet.write_number_with_format(line, 4, number(row.amount), &money)?;
            sheet.write_number_with_format(line, 5, number(row.balance), &money)?;
            line += 1;
        }
        sheet.write_string(line, 2, &self.closing.0)?;
        sheet.write_number_with_format(line, 5, number(self.closing.1), &money)?;
        book.save_to_buffer()
    }
}

/// "2026-12-01T10:30:00+07:00".
fn local(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// Spreadsheets know only floating point; every amount up to [`Money::MAX_MINOR`] is exact in it.
#[expect(
    clippy::cast_precision_loss,
    reason = "balances are far below 2^53 minor units"
)]
fn number(money: Money) -> f64 {
    let scale = 10_i64.pow(money.currency().decimals());
    money.minor() as f64 / scale as f64
}

/// "-1250.50", without the currency.
fn plain(money: Money) -> String {
    let text = money.to_string();
    text.split_once(' ')
        .map_or(text.clone(), |(_, number)| number.to_owned())
}
