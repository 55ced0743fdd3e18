//! TOML files as plain values.
#![allow(dead_code, reason = "each test binary uses the part that it needs")]

use serde_json::Value;

/// A TOML text as a JSON value.
pub fn toml(name: &str, text: &str) -> Value {
    toml::from_str(text).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// A TOML file of this package, named from its root.
pub fn toml_file(path: &str) -> Value {
    let whole = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(&whole).unwrap_or_else(|e| panic!("{path}: {e}"));
    toml(path, &text)
}

/// The records of one name in a file: `[[place]]`, `[[case]]`.
pub fn records<'v>(file: &'v Value, name: &str) -> &'v [Value] {
    file.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A text field; empty where it is missing.
pub fn text<'v>(record: &'v Value, field: &str) -> &'v str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}
