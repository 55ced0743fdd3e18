//! Records built in code.

use super::check;
use super::read::wrong_id;
use super::record::{Action, At, Forms, Gazetteer, Record, Tenure, Text};
use crate::date::Date;
use crate::error::{Error, Finding};
use crate::kind::{Kind, Language};
use std::panic::Location;
use std::sync::Arc;

/// A record built in code, for [`Gazetteer::from_entries`]: the same fields as in a file.
///
/// A finding on it names the line of code that began it. Words of the grammar, such as roles, come as TOML, which a string
/// in code can be as well.
///
/// ```
/// use thucthe::{Entry, Extractor, Gazetteer, Kind, Language};
///
/// let companies = ["Blue Ocean Lines", "White Heron Shipping"];
/// let entries = companies.iter().enumerate().map(|(i, name)| {
///     Entry::new(Kind::Organization, &format!("company-{i}")).name(Language::En, *name).country("sg")
/// });
/// let own = Gazetteer::from_entries(entries.chain([
///     Entry::new(Kind::Organization, "harbour-office")
///         .name(Language::En, "Harbour Office")
///         .name(Language::Vi, "Văn phòng Cảng vụ")
///         .exact(Language::En, "HO")
///         .never(Language::En, "harbour office hours"),
/// ]))?;
/// let extractor = Extractor::builder().no_builtin().gazetteer(own).build()?;
/// let document = extractor.extract("White Heron Shipping wrote to the Harbour Office (HO).");
/// let ids: Vec<&str> = document.entities().iter().map(|e| e.id()).collect();
/// assert_eq!(ids, ["organization:company-1", "organization:harbour-office"]);
/// # Ok::<(), thucthe::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "an entry does nothing before `Gazetteer::from_entries`"]
pub struct Entry {
    record: Record,
    caller: &'static Location<'static>,
    wrong: Vec<(&'static str, String, &'static str)>,
}

/// A list of one language, ready for another form.
fn push(forms: &mut Forms, language: Language, form: impl Into<String>) {
    forms[language as usize].push(Text::Owned(form.into()));
}

impl Entry {
    /// A record with the id `kind:slug`; the slug has lower-case ASCII letters, digits, hyphens and dots.
    #[track_caller]
    pub fn new(kind: Kind, slug: &str) -> Entry {
        let caller = Location::caller();
        let at = At { file: 0, line: caller.line(), column: caller.column() };
        Entry { record: Record::new(kind, at, format!("{kind}:{slug}").into()), caller, wrong: Vec::new() }
    }

    /// A name that marks wherever it stands; the first of a language is the canonical one.
    pub fn name(mut self, language: Language, name: impl Into<String>) -> Entry {
        match &mut self.record.name[language as usize] {
            canonical @ None => *canonical = Some(Text::Owned(name.into())),
            Some(_) => push(&mut self.record.alias, language, name),
        }
        self
    }

    /// A name that marks in just this case.
    pub fn exact(mut self, language: Language, name: impl Into<String>) -> Entry {
        push(&mut self.record.exact, language, name);
        self
    }

    /// A name that needs support.
    pub fn weak(mut self, language: Language, name: impl Into<String>) -> Entry {
        push(&mut self.record.weak, language, name);
        self
    }

    /// A phrase that holds a name of this entity without meaning it.
    pub fn never(mut self, language: Language, phrase: impl Into<String>) -> Entry {
        push(&mut self.record.never, language, phrase);
        self
    }

    /// How a person is addressed behind a title.
    pub fn short(mut self, language: Language, name: impl Into<String>) -> Entry {
        push(&mut self.record.short, language, name);
        self
    }

    /// A nationality word of a country.
    pub fn adjective(mut self, language: Language, word: impl Into<String>) -> Entry {
        push(&mut self.record.adjective, language, word);
        self
    }

    /// A short form that counts inside a compound only.
    pub fn compound(mut self, language: Language, form: impl Into<String>) -> Entry {
        push(&mut self.record.compound, language, form);
        self
    }

    /// ISO 3166 alpha-2 of a place that is a country, or the code of a party.
    pub fn country(mut self, code: &str) -> Entry {
        self.record.country = Some(code.to_string().into());
        self
    }

    /// The `type` of a place or title, such as `country` or `rank`.
    pub fn sort(mut self, word: &str) -> Entry {
        self.record.sort = Some(word.to_string().into());
        self
    }

    /// The field of a ministry or title.
    pub fn portfolio(mut self, id: &str) -> Entry {
        self.record.portfolio = Some(id.to_string().into());
        self
    }

    /// The body that an office belongs to.
    pub fn organization(mut self, id: &str) -> Entry {
        self.record.organization = Some(id.to_string().into());
        self
    }

    /// The body above.
    pub fn parent(mut self, id: &str) -> Entry {
        self.record.parent = Some(id.to_string().into());
        self
    }

    /// A role under which papers print an office.
    pub fn role(mut self, id: &str) -> Entry {
        self.record.roles.push(id.to_string().into());
        self
    }

    /// The family name of a person, as in the English name.
    pub fn family(mut self, name: &str) -> Entry {
        self.record.family = Some(name.to_string().into());
        self
    }

    /// It can be a side of a mechanism, as a country can.
    pub fn party(mut self) -> Entry {
        self.record.party = true;
        self
    }

    /// More than one person can hold the office at a time.
    pub fn many_holders(mut self) -> Entry {
        self.record.many_holders = true;
        self
    }

    /// A side of a mechanism, agreement or initiative.
    pub fn participant(mut self, code: &str) -> Entry {
        self.record.participants.push(code.to_string().into());
        self
    }

    /// When it was in being.
    pub fn valid(mut self, from: impl Into<Option<Date>>, to: impl Into<Option<Date>>) -> Entry {
        (self.record.from, self.record.to) = (from.into(), to.into());
        self.order(self.record.from, self.record.to);
        self
    }

    /// What came after.
    pub fn successor(mut self, id: &str) -> Entry {
        self.record.successor = Some(id.to_string().into());
        self
    }

    /// A record of the kind that has a strong name in common with this one.
    pub fn shares(mut self, id: &str) -> Entry {
        self.record.shares.push(id.to_string().into());
        self
    }

    /// The year by which an agreement is cited.
    pub fn year(mut self, year: u32) -> Entry {
        self.record.year = Some(year);
        self
    }

    /// A page that shows what the record says.
    pub fn source(mut self, address: &str) -> Entry {
        self.record.sources.push(address.to_string().into());
        self
    }

    /// A sentence in which it must be found: [`Extractor::verify`](crate::Extractor::verify) looks.
    pub fn example(mut self, sentence: &str) -> Entry {
        self.record.example = Some(sentence.to_string().into());
        self
    }

    /// A person's term of office, with a page that shows it. Without an end it runs on.
    pub fn tenure(mut self, office: &str, from: impl Into<Option<Date>>, to: impl Into<Option<Date>>, source: &str) -> Entry {
        let (from, to) = (from.into(), to.into());
        if source.trim().is_empty() {
            self.wrong.push(("G012", "a tenure without a source".into(), "name a page that shows it"));
        }
        if from.is_none() && to.is_none() {
            self.wrong.push(("G004", "a tenure without any date".into(), "give it a beginning or an end"));
        }
        self.order(from, to);
        let at = self.record.at;
        self.record.tenures.push(Tenure { at, office: office.to_string().into(), from, to, seen: Vec::new(), ended: false, acting: false });
        self
    }

    /// It adds to the record of its id, as `action = "extend"` does.
    pub fn extends(mut self) -> Entry {
        self.record.action = Action::Extend;
        self
    }

    /// It takes the place of the record of its id, as `action = "override"` does.
    pub fn overrides(mut self) -> Entry {
        self.record.action = Action::Override;
        self
    }

    /// It takes the record of its id out, as `action = "remove"` does.
    pub fn removes(mut self) -> Entry {
        self.record.action = Action::Remove;
        self
    }

    fn order(&mut self, from: Option<Date>, to: Option<Date>) {
        if let (Some(a), Some(b)) = (from, to)
            && b.last_day() < a.first_day()
        {
            self.wrong.push(("G011", format!("it ends ({b}) before it begins ({a})"), "change one of the two"));
        }
    }

    /// What is wrong with it, by itself.
    fn faults(&self) -> Vec<(&'static str, String, String)> {
        let r = &self.record;
        let mut out: Vec<_> = self.wrong.iter().map(|(code, message, remedy)| (*code, message.clone(), (*remedy).to_string())).collect();
        if let Some((message, remedy)) = wrong_id(r.kind, &r.id) {
            out.push(("G005", message, remedy));
        }
        if r.name.iter().all(Option::is_none) && matches!(r.action, Action::Add | Action::Override) {
            out.push(("G004", format!("`{}` without a name", r.id), "call `name`".into()));
        }
        out
    }
}

impl Gazetteer {
    /// Records built in code. A finding names the line of code at which its entry begins.
    ///
    /// # Errors
    /// Everything that is wrong: see [`Error::findings`].
    ///
    /// ```
    /// use thucthe::{Entry, Gazetteer, Kind, Language};
    /// let error = Gazetteer::from_entries([Entry::new(Kind::Place, "Long Reef")]).unwrap_err();
    /// let codes: Vec<&str> = error.findings().iter().map(|f| f.code).collect();
    /// assert_eq!(codes, ["G004", "G005"]);
    /// assert!(error.findings().iter().all(|f| f.file.ends_with(".rs")));
    /// ```
    pub fn from_entries(entries: impl IntoIterator<Item = Entry>) -> Result<Gazetteer, Error> {
        let (mut g, mut findings) = (Gazetteer::default(), Vec::new());
        for mut e in entries {
            let file = e.caller.file();
            let number = g.files.iter().position(|f| f == file).unwrap_or_else(|| {
                g.files.push(file.to_string());
                g.texts.push(Arc::from(""));
                g.files.len() - 1
            }) as u32;
            for (code, message, remedy) in e.faults() {
                let (line, column) = (e.caller.line() as usize, e.caller.column() as usize);
                findings.push(Finding { file: file.to_string(), line, column, code, message, remedy, excerpt: String::new() });
            }
            e.record.at.file = number;
            e.record.tenures.iter_mut().for_each(|t| t.at.file = number);
            g.records.push(e.record);
        }
        findings.extend(check::duplicates(&g));
        if findings.is_empty() { Ok(g) } else { Err(Error::data(findings)) }
    }
}
