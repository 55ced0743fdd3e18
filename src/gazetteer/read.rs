//! TOML into records. Everything that is wrong with a file is found in one reading.

use super::record::{
    Action, At, Edition, Family, Forms, Gazetteer, Names, Portfolio, Record, Role, RoleWord, Rule, TEMPLATES, Template, Tenure, Text, WordClass,
};
use crate::date::Date;
use crate::error::Finding;
use crate::kind::{Kind, Language};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file's text with its lines, to turn byte offsets into places.
pub(crate) struct Source<'s> {
    pub name: &'s str,
    pub text: &'s str,
    pub file: u32,
    lines: Vec<usize>,
}

impl<'s> Source<'s> {
    pub(crate) fn new(name: &'s str, text: &'s str, file: u32) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Source { name, text, file, lines }
    }

    pub(super) fn at(&self, byte: usize) -> At {
        let line = self.lines.partition_point(|&l| l <= byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.text.get(start..byte).map_or(0, |s| s.chars().count()) + 1;
        At { file: self.file, line: line as u32, column: column as u32 }
    }

    /// The byte at which a line begins; the end of the text behind the last one.
    pub(super) fn start(&self, line: u32) -> usize {
        self.lines.get((line as usize).saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    pub(super) fn excerpt(&self, line: u32) -> String {
        let i = (line as usize).saturating_sub(1);
        let start = self.lines.get(i).copied().unwrap_or(0);
        let end = self.lines.get(i + 1).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default().trim_end().to_string()
    }
}

/// A word with its article.
pub(super) fn one(what: &str) -> String {
    let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {what}")
}

/// Gathers findings while a file is read.
struct Reader<'s, 'f> {
    source: &'s Source<'s>,
    findings: &'f mut Vec<Finding>,
}

/// Builds a finding for a place in a source.
pub(crate) fn finding(source: &Source<'_>, at: At, code: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Finding {
    Finding {
        file: source.name.to_string(),
        line: at.line as usize,
        column: at.column as usize,
        code,
        message: message.into(),
        remedy: remedy.into(),
        excerpt: source.excerpt(at.line),
    }
}

type Table<'i> = DeTable<'i>;
type Value<'i> = Spanned<DeValue<'i>>;

/// The fields of one record: taken one by one, what is left over is unknown.
struct Fields<'t, 'i, 'r, 's, 'f> {
    table: &'t Table<'i>,
    what: &'static str,
    at: At,
    taken: Vec<&'static str>,
    reader: &'r mut Reader<'s, 'f>,
}

impl<'t, 'i> Fields<'t, 'i, '_, '_, '_> {
    fn value(&mut self, key: &'static str) -> Option<&'t Value<'i>> {
        self.taken.push(key);
        self.table.get(key)
    }

    fn place(&self, v: &Value<'i>) -> At {
        self.reader.source.at(v.span().start)
    }

    fn wrong(&mut self, v: &Value<'i>, key: &str, wanted: &str) {
        let at = self.place(v);
        let message = format!("`{key}` is {}", v.get_ref().type_str());
        self.reader.say(at, "G003", message, format!("write {wanted}"));
    }

    fn text(&mut self, key: &'static str) -> Option<Text> {
        let v = self.value(key)?;
        match v.get_ref() {
            DeValue::String(s) if !s.trim().is_empty() => Some(s.to_string().into()),
            DeValue::String(_) => {
                let at = self.place(v);
                self.reader.say(at, "G004", format!("`{key}` is empty"), "write a text or leave the line out");
                None
            }
            _ => {
                self.wrong(v, key, "a text in quotes");
                None
            }
        }
    }

    fn needed(&mut self, key: &'static str) -> Option<Text> {
        let had = self.table.contains_key(key);
        let t = self.text(key);
        if !had {
            let (at, what) = (self.at, self.what);
            self.reader.say(at, "G004", format!("{} without `{key}`", one(what)), format!("add `{key} = …`"));
        }
        t
    }

    fn flag(&mut self, key: &'static str) -> bool {
        match self.value(key) {
            None => false,
            Some(v) => v.get_ref().as_bool().unwrap_or_else(|| {
                self.wrong(v, key, "true or false");
                false
            }),
        }
    }

    fn number(&mut self, key: &'static str) -> Option<u32> {
        let v = self.value(key)?;
        let n = v.get_ref().as_integer().and_then(|i| i.as_str().parse().ok());
        if n.is_none() {
            self.wrong(v, key, "a whole number");
        }
        n
    }

    fn date(&mut self, key: &'static str) -> Option<Date> {
        let v = self.value(key)?;
        self.one_date(v, key)
    }

    fn one_date(&mut self, v: &Value<'i>, key: &str) -> Option<Date> {
        let written = match v.get_ref() {
            DeValue::String(s) => s.to_string(),
            DeValue::Datetime(d) => d.to_string(),
            DeValue::Integer(i) => i.as_str().to_string(),
            _ => {
                self.wrong(v, key, "a date: YYYY, YYYY-MM or YYYY-MM-DD");
                return None;
            }
        };
        let date = written.parse().ok();
        if date.is_none() {
            let at = self.place(v);
            self.reader.say(at, "G007", format!("`{key}` is no date: {written}"), "write YYYY, YYYY-MM or YYYY-MM-DD");
        }
        date
    }

    /// A text or a list of texts.
    fn texts(&mut self, key: &'static str) -> Vec<Text> {
        match self.value(key) {
            Some(v) => self.list(v, key),
            None => Vec::new(),
        }
    }

    fn list(&mut self, v: &Value<'i>, key: &str) -> Vec<Text> {
        let mut out = Vec::new();
        match v.get_ref() {
            DeValue::String(s) => out.push(s.to_string().into()),
            DeValue::Array(a) => {
                for item in a.iter() {
                    match item.get_ref() {
                        DeValue::String(s) => out.push(s.to_string().into()),
                        _ => self.wrong(item, key, "a text in quotes"),
                    }
                }
            }
            _ => self.wrong(v, key, "a text or a list of texts"),
        }
        out
    }

    /// The values of a table by language; anything else in it is a finding.
    fn by_language(&mut self, key: &'static str) -> Option<[Option<&'t Value<'i>>; 3]> {
        let v = self.value(key)?;
        let DeValue::Table(t) = v.get_ref() else {
            self.wrong(v, key, "a table by language: { vi = …, en = …, ja = … }");
            return None;
        };
        for (k, _) in t.iter() {
            if k.get_ref().parse::<Language>().is_err() {
                let at = self.reader.source.at(k.span().start);
                self.reader.say(at, "G002", format!("`{key}` knows no language `{}`", k.get_ref()), "use vi, en or ja");
            }
        }
        Some(Language::ALL.map(|l| t.get(l.as_str())))
    }

    fn names(&mut self, key: &'static str) -> Names {
        let Some(values) = self.by_language(key) else { return Names::default() };
        values.map(|v| {
            v.and_then(|v| match v.get_ref() {
                DeValue::String(s) => Some(s.to_string().into()),
                _ => {
                    self.wrong(v, key, "one text a language");
                    None
                }
            })
        })
    }

    fn forms(&mut self, key: &'static str) -> Forms {
        let Some(values) = self.by_language(key) else { return Forms::default() };
        values.map(|v| v.map_or_else(Vec::new, |v| self.list(v, key))).into()
    }

    fn choice(&mut self, key: &'static str, allowed: &[&str]) -> Option<Text> {
        let t = self.text(key)?;
        if !allowed.contains(&&*t) {
            let at = self.table.get(key).map_or(self.at, |v| self.place(v));
            self.reader.say(at, "G010", format!("`{key}` is `{t}`"), format!("one of {}", allowed.join(", ")));
        }
        Some(t)
    }

    fn tables(&mut self, key: &'static str) -> Vec<(&'t Table<'i>, At)> {
        let Some(v) = self.value(key) else { return Vec::new() };
        let DeValue::Array(a) = v.get_ref() else {
            self.wrong(v, key, "tables in double brackets");
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in a.iter() {
            match item.get_ref() {
                DeValue::Table(t) => out.push((t, self.place(item))),
                _ => self.wrong(item, key, "a table"),
            }
        }
        out
    }

    /// Every key that nobody asked for.
    fn finish(self) {
        for (k, _) in self.table.iter() {
            if !self.taken.iter().any(|t| t == k.get_ref()) {
                let at = self.reader.source.at(k.span().start);
                self.reader.say(at, "G002", format!("{} has no field `{}`", one(self.what), k.get_ref()), format!("fields are: {}", self.taken.join(", ")));
            }
        }
    }
}

impl Reader<'_, '_> {
    fn say(&mut self, at: At, code: &'static str, message: impl Into<String>, remedy: impl Into<String>) {
        self.findings.push(finding(self.source, at, code, message, remedy));
    }
}

/// Reads one file into `into`. Findings are added; what can be read is.
pub(crate) fn read(source: &Source<'_>, into: &mut Gazetteer, findings: &mut Vec<Finding>) {
    let (table, errors) = DeTable::parse_recoverable(source.text);
    for e in &errors {
        let at = source.at(e.span().map_or(0, |s| s.start));
        findings.push(finding(source, at, "G001", format!("no TOML: {}", e.message()), "mend the line"));
    }
    let mut reader = Reader { source, findings };
    for (key, value) in table.get_ref().iter() {
        let at = source.at(key.span().start);
        let DeValue::Array(rows) = value.get_ref() else {
            reader.say(at, "G002", format!("`{}` stands outside of a record", key.get_ref()), "records begin with a line such as [[person]]");
            continue;
        };
        for row in rows.iter() {
            let at = source.at(row.span().start);
            let DeValue::Table(t) = row.get_ref() else {
                reader.say(at, "G003", format!("`{}` holds something that is no record", key.get_ref()), "records are tables");
                continue;
            };
            let word: &str = key.get_ref();
            if let Ok(kind) = word.parse::<Kind>() {
                if let Some(r) = record(&mut reader, kind, t, at) {
                    into.records.push(r);
                }
            } else if !grammar(&mut reader, word, t, at, into) {
                reader.say(at, "G002", format!("no record is called `{word}`"), "use a kind (person, title, ministry, mechanism, organization, agreement, initiative, place) or role, role-word, portfolio, family, word, template, rule");
                break;
            }
        }
    }
}

fn fields<'t, 'i, 'r, 's, 'f>(reader: &'r mut Reader<'s, 'f>, what: &'static str, table: &'t Table<'i>, at: At) -> Fields<'t, 'i, 'r, 's, 'f> {
    Fields { table, what, at, taken: Vec::new(), reader }
}

fn record(reader: &mut Reader<'_, '_>, kind: Kind, table: &Table<'_>, at: At) -> Option<Record> {
    let mut f = fields(reader, kind.as_str(), table, at);
    let id = f.needed("id");
    let before = f.reader.findings.len();
    let name = f.names("name");
    // What cannot be read is told once, not as missing too.
    let name_read = f.reader.findings.len() == before;
    let action = match f.choice("action", &["add", "extend", "override", "remove"]).as_deref() {
        Some("extend") => Action::Extend,
        Some("override") => Action::Override,
        Some("remove") => Action::Remove,
        _ => Action::Add,
    };
    let mut r = Record {
        kind,
        at,
        action,
        id: Text::default(),
        country: f.text("country"),
        name,
        alias: f.forms("alias"),
        exact: f.forms("exact"),
        weak: f.forms("weak"),
        never: f.forms("never"),
        short: f.forms("short"),
        adjective: f.forms("adjective"),
        compound: f.forms("compound"),
        article: f.flag("article"),
        from: f.date("from"),
        to: f.date("to"),
        successor: f.text("successor"),
        shares: f.texts("shares"),
        sources: f.texts("source"),
        example: f.text("example"),
        sort: f.text("type"),
        portfolio: f.text("portfolio"),
        organization: f.text("organization"),
        parent: f.text("parent"),
        party: f.flag("party"),
        roles: f.texts("as"),
        many_holders: f.choice("holders", &["one", "many"]).as_deref() == Some("many"),
        family: f.text("family"),
        participants: f.texts("participants"),
        year: f.number("year"),
        tenures: Vec::new(),
        editions: Vec::new(),
    };
    for documented in ["kana", "note", "signed", "predecessor"] {
        f.taken.push(documented);
    }
    let (tenures, editions) = (f.tables("tenure"), f.tables("edition"));
    let name_at = f.table.get("name").map_or(at, |v| f.place(v));
    let no_name = r.name.iter().all(Option::is_none);
    if no_name && name_read && matches!(action, Action::Add | Action::Override) {
        f.reader.say(name_at, "G004", format!("{} without a name", one(kind.as_str())), "add `name = { vi = …, en = …, ja = … }`");
    }
    let id_at = f.table.get("id").map_or(at, |v| f.place(v));
    f.finish();
    if let (Some(a), Some(b)) = (r.from, r.to)
        && b.last_day() < a.first_day()
    {
        reader.say(at, "G011", format!("it ends ({b}) before it begins ({a})"), "change `from` or `to`");
    }
    for (t, at) in tenures {
        r.tenures.extend(tenure(reader, t, at));
    }
    for (t, at) in editions {
        let mut f = fields(reader, "edition", t, at);
        let e = Edition { at, number: f.number("number"), date: f.date("date"), place: f.text("place"), source: f.text("source") };
        f.taken.push("note");
        f.finish();
        r.editions.push(e);
    }
    let id = id?;
    if let Some((message, remedy)) = wrong_id(kind, &id) {
        reader.say(id_at, "G005", message, remedy);
    }
    r.id = id;
    Some(r)
}

/// What is wrong with an id, and what to do about it.
pub(super) fn wrong_id(kind: Kind, id: &str) -> Option<(String, String)> {
    let slug = id.strip_prefix(kind.as_str()).and_then(|s| s.strip_prefix(':'));
    let good = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'));
    (!slug.is_some_and(good))
        .then(|| (format!("`{id}` is no id of {}", one(kind.as_str())), format!("write `{kind}:` and lower-case ASCII letters, digits, hyphens and dots")))
}

fn tenure(reader: &mut Reader<'_, '_>, table: &Table<'_>, at: At) -> Option<Tenure> {
    let mut f = fields(reader, "tenure", table, at);
    let office = f.needed("office");
    let before = f.reader.findings.len();
    let (from, to) = (f.date("from"), f.date("to"));
    let seen = match f.value("seen") {
        None => Vec::new(),
        Some(v) => match v.get_ref() {
            DeValue::Array(a) => a.iter().filter_map(|d| f.one_date(d, "seen")).collect(),
            _ => f.one_date(v, "seen").into_iter().collect(),
        },
    };
    let dates_read = f.reader.findings.len() == before;
    let (ended, acting) = (f.flag("ended"), f.flag("acting"));
    let source = f.texts("source");
    f.taken.push("note");
    f.finish();
    if source.iter().all(|s| s.trim().is_empty()) {
        reader.say(at, "G012", "a tenure without a source", "add `source = \"https://…\"`: a page that shows it");
    }
    if from.is_none() && to.is_none() && seen.is_empty() && dates_read {
        reader.say(at, "G004", "a tenure without any date", "add `from`, `to` or `seen`");
    }
    if let (Some(a), Some(b)) = (from, to)
        && b.last_day() < a.first_day()
    {
        reader.say(at, "G011", format!("it ends ({b}) before it begins ({a})"), "change `from` or `to`");
    }
    Some(Tenure { at, office: office?, from, to, seen, ended, acting })
}

/// Records of the grammar. False where the word names none.
fn grammar(reader: &mut Reader<'_, '_>, word: &str, t: &Table<'_>, at: At, into: &mut Gazetteer) -> bool {
    match word {
        "role" => {
            let mut f = fields(reader, "role", t, at);
            let r = Role {
                at,
                id: f.needed("id").unwrap_or_default(),
                takes: f.texts("takes"),
                name: f.names("name"),
                bare: f.names("bare"),
                word: f.forms("word"),
                weak: f.forms("weak"),
                exact: f.forms("exact"),
                is: f.text("is"),
                alone: f.flag("alone"),
                at_home: f.flag("at-home"),
                many_holders: f.choice("holders", &["one", "many"]).as_deref() == Some("many"),
            };
            f.taken.push("note");
            f.finish();
            into.roles.push(r);
        }
        "role-word" => {
            let mut f = fields(reader, "role-word", t, at);
            let r = RoleWord {
                at,
                role: f.needed("role").unwrap_or_default(),
                portfolio: f.needed("portfolio").unwrap_or_default(),
                word: f.forms("word"),
                exact: f.forms("exact"),
            };
            f.finish();
            into.role_words.push(r);
        }
        "portfolio" => {
            let mut f = fields(reader, "portfolio", t, at);
            let p = Portfolio {
                at,
                id: f.needed("id").unwrap_or_default(),
                name: f.names("name"),
                word: f.forms("word"),
                ministry: f.forms("ministry"),
                exact: f.forms("exact"),
            };
            f.taken.push("note");
            f.finish();
            into.portfolios.push(p);
        }
        "family" => {
            let mut f = fields(reader, "family", t, at);
            let makes = f.choice("makes", &["mechanism", "agreement", "organization", "initiative"]).and_then(|k| k.parse().ok()).unwrap_or(Kind::Mechanism);
            let r = Family {
                at,
                id: f.needed("id").unwrap_or_default(),
                makes,
                name: f.names("name"),
                word: f.forms("word"),
                weak: f.forms("weak"),
                participant: f.text("participant"),
                needs_parties: f.flag("needs-parties"),
                at_home: f.flag("at-home"),
                otherwise: f.text("otherwise"),
            };
            f.taken.push("note");
            f.taken.push("source");
            f.finish();
            into.families.push(r);
        }
        "word" => {
            let mut f = fields(reader, "word", t, at);
            let w = WordClass { at, id: f.needed("id").unwrap_or_default(), number: f.number("number"), word: f.forms("word"), exact: f.forms("exact") };
            f.taken.push("note");
            f.finish();
            into.words.push(w);
        }
        "template" => {
            let mut f = fields(reader, "template", t, at);
            let r = Template { at, id: f.needed("id").unwrap_or_default(), name: f.names("name") };
            f.taken.push("note");
            f.finish();
            if !r.id.is_empty() && !TEMPLATES.contains(&&*r.id) {
                reader.say(at, "G010", format!("nothing is named by a template `{}`", r.id), format!("one of {}", TEMPLATES.join(", ")));
            }
            into.templates.push(r);
        }
        "rule" => {
            let mut f = fields(reader, "rule", t, at);
            let makes = f.needed("makes").unwrap_or_default();
            let mut forms = Vec::new();
            if let Some(v) = f.value("form") {
                match v.get_ref() {
                    DeValue::Array(a) => {
                        for item in a.iter() {
                            match item.get_ref() {
                                DeValue::String(s) => forms.push((s.to_string().into(), f.place(item))),
                                _ => f.wrong(item, "form", "a text in quotes"),
                            }
                        }
                    }
                    DeValue::String(s) => forms.push((s.to_string().into(), f.place(v))),
                    _ => f.wrong(v, "form", "a text or a list of texts"),
                }
            }
            f.taken.push("note");
            f.finish();
            into.rules.push(Rule { at, makes, forms });
        }
        _ => return false,
    }
    true
}
