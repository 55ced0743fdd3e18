//! TOML as plain values. The crate reads TOML without serde, so the tests do as well.
#![allow(dead_code, reason = "each test binary uses the part that it needs")]

use serde_json::Value;
use toml::de::{DeTable, DeValue};

/// A TOML text as a JSON value; dates become texts.
pub fn toml(name: &str, text: &str) -> Value {
    match DeTable::parse(text) {
        Ok(t) => table(t.get_ref()),
        Err(e) => panic!("{name}: {e}"),
    }
}

/// A TOML file of this package, named from its root.
pub fn toml_file(path: &str) -> Value {
    let whole = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(&whole).unwrap_or_else(|e| panic!("{path}: {e}"));
    toml(path, &text)
}

fn table(t: &DeTable<'_>) -> Value {
    Value::Object(t.iter().map(|(k, v)| (k.get_ref().to_string(), value(v.get_ref()))).collect())
}

fn value(v: &DeValue<'_>) -> Value {
    match v {
        DeValue::String(s) => Value::from(s.to_string()),
        DeValue::Integer(i) => i.as_str().parse::<i64>().map_or_else(|_| Value::from(i.as_str()), Value::from),
        DeValue::Float(f) => Value::from(f.as_str()),
        DeValue::Boolean(b) => Value::from(*b),
        DeValue::Datetime(d) => Value::from(d.to_string()),
        DeValue::Array(a) => a.iter().map(|v| value(v.get_ref())).collect(),
        DeValue::Table(t) => table(t),
    }
}

/// The records of one name in a file: `[[place]]`, `[[case]]`.
pub fn records<'v>(file: &'v Value, name: &str) -> &'v [Value] {
    file.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A text field; empty where it is missing.
pub fn text<'v>(record: &'v Value, field: &str) -> &'v str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}
