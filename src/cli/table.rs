//! Prints customers for people: a list as a table with the columns that fit a terminal, a single
//! customer with a line for each column.

use crate::terminal::print_line;
use comfy_table::{Table, presets};
use serde_json::{Map, Value};

/// Columns of a list, with their headings.
const COLUMNS: [(&str, &str); 8] = [
    ("customerid", "ID"),
    ("loginname", "LOGIN NAME"),
    ("name", "NAME"),
    ("email", "EMAIL"),
    ("adminname", "OWNER"),
    ("diskspace", "DISK MiB"),
    ("traffic", "TRAFFIC GiB"),
    ("state", "STATUS"),
];

/// Prints the result of a command.
pub(super) fn print(data: &Value) {
    match data {
        Value::Object(response) => match response.get("list").and_then(Value::as_array) {
            Some(rows) => print_list(response, rows),
            None => print_row(response),
        },
        Value::String(text) => print_line!("{text}"),
        other => print_line!("{other}"),
    }
}

fn print_list(response: &Map<String, Value>, rows: &[Value]) {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(COLUMNS.map(|(_, heading)| heading));
    for row in rows {
        table.add_row(COLUMNS.map(|(column, _)| cell(row, column)));
    }
    print_line!("{table}");
    let total = response.get("total").and_then(Value::as_u64).unwrap_or_default();
    if total != rows.len() as u64 {
        print_line!("{} of {total}", rows.len());
    }
}

fn print_row(row: &Map<String, Value>) {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for (column, value) in row {
        table.add_row([column.clone(), text(value)]);
    }
    print_line!("{table}");
}

fn cell(row: &Value, column: &str) -> String {
    let value = |column: &str| text(&row[column]);
    let size = |unit: i64| match row[column].as_i64() {
        Some(n) if n < 0 => "unlimited".to_owned(),
        Some(n) => (n / unit).to_string(),
        None => String::new(),
    };
    match column {
        "name" => match (value("name"), value("firstname")) {
            (name, first) if name.is_empty() && first.is_empty() => value("company"),
            (name, first) => format!("{first} {name}").trim().to_owned(),
        },
        "diskspace" => size(1024),
        "traffic" => size(1_048_576),
        "state" if row["deactivated"] == 1 => "suspended".to_owned(),
        "state" if row["locked"] == 1 => "locked".to_owned(),
        "state" => "active".to_owned(),
        column => value(column),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
