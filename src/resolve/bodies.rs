//! Entities that no record holds, made from their parts or from their words: ids and names.

use super::Resolver;
use super::country::Country;
use super::explain::Why;
use super::register::Register;
use crate::compose::chart::{Features, Item};
use crate::document::{EntityData, Text};
use crate::kind::{Kind, Language};
use crate::lexicon::office::{Composed, fill};
use crate::lexicon::{EntityInfo, NONE16, NONE32, Party, Sort, UNLISTED};
use crate::text::fold::{self, Folded, fold_cluster, fold_word};
use crate::text::script::{plain_kana, plain_kanji};
use crate::text::tokens::{Kind as TokenKind, Token};
use std::sync::Arc;

/// Names of countries in one sentence at most that can tell where a mission serves.
const MOST_LANDS: usize = 32;

/// What tells of the body of an office: the office's record, else the field and the country.
#[derive(Clone, Copy)]
pub(super) struct Body {
    office: u32,
    portfolio: u16,
    country: u16,
}

impl Body {
    /// None.
    pub(super) const NONE: Body = Body { office: NONE32, portfolio: NONE16, country: NONE16 };

    pub(super) fn of(office: Option<u32>, portfolio: u16, country: u16) -> Body {
        Body { office: office.unwrap_or(NONE32), portfolio, country }
    }
}

/// What ids of things that no list holds open with, by their kinds: as bytes with zeros behind, and how many they are.
static OPENINGS: [([u8; 32], usize); Kind::ALL.len()] = {
    let mut all = [([0; 32], 0); Kind::ALL.len()];
    let mut n = 0;
    while n < all.len() {
        let (kind, behind) = (Kind::ALL[n].as_str().as_bytes(), UNLISTED.as_bytes());
        let (bytes, len) = &mut all[Kind::ALL[n] as usize];
        while *len < kind.len() + behind.len() {
            bytes[*len] = if *len < kind.len() { kind[*len] } else { behind[*len - kind.len()] };
            *len += 1;
        }
        n += 1;
    }
    all
};

/// Writes the first of some bytes by writing all of them: it takes longer to ask how many they are.
#[inline]
fn push_first<const N: usize>(bytes: &[u8; N], len: usize, out: &mut Vec<u8>) {
    let end = out.len() + len;
    out.extend_from_slice(bytes);
    out.truncate(end);
}

/// Whether the first of some bytes are small letters, at one look: all of them in one number, each with a bit above that no letter has.
#[inline]
fn is_small(bytes: [u8; 8], len: usize) -> bool {
    const ABOVE: u64 = u64::from_le_bytes([0x80; 8]);
    const fn least(byte: u8) -> u64 {
        u64::from_le_bytes([0x80 - byte; 8])
    }
    let all = u64::from_le_bytes(bytes);
    let small = all.wrapping_add(least(b'a')) & !all.wrapping_add(least(b'z' + 1)) & !all & ABOVE;
    small == ABOVE.wrapping_shr(64 - 8 * len as u32)
}

/// Letters and digits of a folded form, as an id spells them.
fn push_folded(folded: &Folded, id: &mut String) {
    for c in folded.coarse.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c);
        } else if c.is_alphanumeric() {
            id.push_str(&format!("u{:x}", c as u32));
        }
    }
}

/// The coarse form of a cluster that is one kanji or kana alone, as most are: no folding puts anything together or takes it apart.
#[inline]
fn lone_letter(cluster: &str) -> Option<char> {
    let mut letters = cluster.chars();
    let letter = letters.next().filter(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{4e00}'..='\u{9fff}'))?;
    letters.next().is_none().then(|| plain_kana(plain_kanji(letter)))
}

/// The same as an id spells it: `u5ca9`. None of them has more digits or fewer.
#[inline]
fn push_lone_letter(letter: char, id: &mut Vec<u8>) {
    let digit = |n: u32| b"0123456789abcdef"[(letter as usize >> (4 * n)) & 15];
    id.extend_from_slice(&[b'u', digit(3), digit(2), digit(1), digit(0)]);
}

impl Resolver<'_> {
    pub(super) fn surface(&self, start: usize, end: usize) -> &str {
        let (a, b) = (self.s.tokens[start].start as usize, self.s.tokens[end - 1].end as usize);
        self.s.text.get(a..b).unwrap_or_default()
    }

    /// An id for something that no list holds, from its folded words, and the language that their name goes under.
    pub(super) fn unlisted(&self, kind: Kind, start: usize, end: usize) -> (String, Language) {
        let mut id = Vec::new();
        let language = self.push_unlisted(kind, start, end, &mut id, &mut String::new());
        (String::from_utf8(id).unwrap_or_default(), language)
    }

    /// The same as bytes; `folded` is a buffer.
    #[inline]
    fn push_unlisted(&self, kind: Kind, start: usize, end: usize, id: &mut Vec<u8>, folded: &mut String) -> Language {
        let (mut cjk, mut flags) = (false, 0);
        let (opening, len) = &OPENINGS[kind as usize];
        push_first(opening, *len, id);
        for (n, t) in self.s.tokens[start..end].iter().enumerate() {
            let apart = !t.kind.is_cjk();
            push_first(b"-", usize::from((n > 0) & apart), id);
            cjk |= !apart;
            flags |= t.flags;
            // Most words are in some name, and folded there.
            let known = if t.kind == TokenKind::Word { self.s.lx.words.short_key(t.coarse) } else { None };
            match known {
                Some((bytes, len)) if is_small(bytes, len) => push_first(&bytes, len, id),
                _ => self.push_word(t, id, folded),
            }
        }
        self.language_of(cjk, flags)
    }

    /// A word or cluster as an id spells it: letters and digits.
    #[inline(never)]
    fn push_word(&self, t: &Token, id: &mut Vec<u8>, folded: &mut String) {
        let raw = self.s.text.get(t.start as usize..t.end as usize).unwrap_or_default();
        let is_word = t.kind == TokenKind::Word;
        if raw.is_ascii() {
            let plain = raw.bytes().filter(u8::is_ascii_alphanumeric);
            id.extend(plain.map(|b| if is_word { b.to_ascii_lowercase() } else { b }));
            return;
        }
        if let Some(letter) = lone_letter(raw) {
            push_lone_letter(letter, id);
            return;
        }
        let known = if is_word { self.s.lx.words.key(t.coarse) } else { "" };
        if !known.is_empty() && (t.flags & fold::SYLLABLE != 0 || known.bytes().all(|b| b.is_ascii_alphanumeric())) {
            id.extend_from_slice(known.as_bytes());
            return;
        }
        folded.clear();
        if !is_word || !fold::push_coarse(raw, folded) {
            push_folded(&if is_word { fold_word(raw) } else { fold_cluster(raw) }, folded);
        }
        id.extend_from_slice(folded.as_bytes());
    }

    /// The language that a name goes under, by its tokens' scripts and flags.
    fn language_of(&self, cjk: bool, flags: u8) -> Language {
        if cjk {
            Language::Ja
        } else if flags & fold::VIETNAMESE_MARK != 0 {
            Language::Vi
        } else {
            self.cx.language.unwrap_or(Language::En)
        }
    }

    /// Something that no list holds, named after its words. The same words are the same thing.
    pub(super) fn discovered(&self, kind: Kind, start: usize, end: usize) -> u32 {
        let mut register = self.register.borrow_mut();
        let Register { spelled, folded, .. } = &mut *register;
        let at = spelled.len();
        let language = self.push_unlisted(kind, start, end, spelled, folded);
        register.thing(self.s.lx, at, self.surface(start, end).as_bytes(), (kind, language))
    }

    /// Something that no list holds, with a place that its words leave out: `Chủ tịch UBND tỉnh` of Hưng Yên.
    pub(super) fn discovered_at(&self, kind: Kind, start: usize, end: usize, place: u32) -> u32 {
        let place = &self.s.lx.entities[place as usize].data;
        // As the id of the name in full would be.
        let (mut id, language) = self.unlisted(kind, start, end);
        let language = language as usize;
        let mut names: [Option<Text>; 3] = [None, None, None];
        let local = place.names[language].as_deref().or(place.names[Language::Vi as usize].as_deref()).unwrap_or_default();
        names[language] = Some(format!("{} {local}", self.surface(start, end)).into());
        for word in local.split_whitespace() {
            id.push('-');
            id.extend(fold_word(word).coarse.chars().filter(char::is_ascii_alphanumeric));
        }
        self.keep(Arc::new(EntityData { id: id.into(), kind, names, known: false }), self.s.lx.unlisted)
    }

    /// The id of the ministry or body that an office belongs to.
    pub(super) fn id_of(&self, body: Body) -> Option<Text> {
        let lx = self.s.lx;
        let (portfolio, country, listed) = match lx.entities.get(body.office as usize) {
            Some(e) => (e.portfolio, e.country, e.organization),
            None => (body.portfolio, body.country, NONE32),
        };
        if let Some(e) = lx.entities.get(listed as usize) {
            return Some(e.data.id.clone());
        }
        (usize::from(portfolio) < lx.portfolios.len()).then(|| self.s.memo.ministry(lx, portfolio, country).id(lx).clone())
    }

    /// A service or mission that every country has: `Hải quân Hàn Quốc`, `Đại sứ quán Việt Nam tại Nhật Bản`.
    pub(super) fn service(&self, f: &Features, at: usize, why: &mut Why) -> u32 {
        let lx = self.s.lx;
        let family = &lx.families[usize::from(f.family)];
        let own = lx.parties.get(usize::from(f.country));
        let (target, place) = self.seat(f, f.country, family.at_home, at, why);
        let target = lx.parties.get(usize::from(target)).map(|p| p.entity).or((place != NONE32).then_some(place));
        let slug = |entity: u32| lx.entities[entity as usize].data.id.split_once(':').map_or("", |(_, s)| s);
        let mut id = String::from("organization:");
        if let Some(c) = own {
            id.push_str(&c.code);
            id.push('-');
        }
        id.push_str(&family.id);
        if let Some(t) = target {
            id.push_str("-in-");
            id.push_str(slug(t));
        }
        if let Some(&e) = lx.by_id.get(id.as_str()) {
            why.say(|| format!("a listed body: {}", self.record(e)));
            return self.entity(e);
        }
        why.say(|| format!("no record of the body: named after the family ({})", lx.place(family.at)));
        let name = |entity: u32, l: usize| lx.within(entity, l);
        let names = Language::ALL.map(|l| {
            let l = l as usize;
            let a = own.map(|c| name(c.entity, l));
            fill(family.name[l].as_deref()?, &[("target", target.and_then(|t| name(t, l)), true), ("a", a.flatten(), a.is_none())]).map(Into::into)
        });
        self.keep(Arc::new(EntityData { id: id.into(), kind: Kind::Organization, names, known: true }), false)
    }

    /// Where a mission or its head serves: a country, or a place in one. What the phrase says; a capital stands for its
    /// country; else what the text says of a mission of the same country elsewhere; else home.
    pub(super) fn seat(&self, f: &Features, own: u16, at_home: bool, at: usize, why: &mut Why) -> (u16, u32) {
        let lx = self.s.lx;
        if f.target != NONE16 {
            return (f.target, NONE32);
        }
        if f.place != NONE32 {
            let city = &lx.entities[f.place as usize];
            let capital = at_home && city.sort == Sort::Capital && city.country != NONE16 && city.country != own;
            if !capital {
                return (NONE16, f.place);
            }
            why.say(|| format!("serves in {}: {} is its capital", self.code(city.country), city.data.id));
            return (city.country, NONE32);
        }
        if !at_home || own == NONE16 {
            return (NONE16, NONE32);
        }
        let mut seats = self.survey.missions.iter().filter(|p| p.0 == own).map(|p| p.1);
        match (seats.next(), seats.next()) {
            (Some(one), None) => {
                why.say(|| format!("serves in {}: the text names a mission of {} there", self.code(one), self.code(own)));
                (one, NONE32)
            }
            // English text has no home: the other country of which it speaks most.
            // Vietnamese text of foreigners only is still read in Viet Nam.
            _ if self.cx.home == NONE16 && self.cx.language == Some(Language::Vi) => {
                let read = if self.cx.vn != own { self.cx.vn } else { NONE16 };
                why.say(|| format!("serves in {}: where such text is read", self.code(read)));
                (read, NONE32)
            }
            _ if self.cx.home == NONE16 => {
                if let Some(c) = self.only_other(at, own) {
                    why.say(|| format!("serves in {}: the only other country of the sentence", self.code(c)));
                    return (c, NONE32);
                }
                let other = if self.cx.partner == own { self.cx.third } else { self.cx.partner };
                why.say(|| format!("serves in {}: the country of which the text speaks most", self.code(other)));
                (other, NONE32)
            }
            _ if own != self.cx.home => {
                why.say(|| format!("serves in {}: home", self.code(self.cx.home)));
                (self.cx.home, NONE32)
            }
            _ => (NONE16, NONE32),
        }
    }

    /// The only country but its own that the sentence of a mission or its head names, by itself or by a city.
    fn only_other(&self, at: usize, own: u16) -> Option<u16> {
        let (layout, lands) = (self.s.layout, &self.survey.lands);
        let first = layout.sentence_start(at);
        let from = lands.partition_point(|l| (l.0 as usize) < first);
        let in_sentence = |l: &(u32, u16)| layout.sentence(l.0 as usize) == layout.sentence(at);
        self.s.chart.look(lands[from..].len().min(MOST_LANDS));
        // What names more is a list, which tells nothing of one mission.
        if lands.get(from + MOST_LANDS).is_some_and(in_sentence) {
            return None;
        }
        let mut others = lands[from..].iter().take_while(|&l| in_sentence(l)).map(|l| l.1);
        let other = others.by_ref().find(|&c| c != own)?;
        (self.s.lx.parties.get(usize::from(other)).is_some_and(|p| p.is_country) && others.all(|c| c == own || c == other)).then_some(other)
    }

    /// `Chính phủ` without a country: whose it is, where anything tells.
    pub(super) fn bare_government(&self, item: &Item) -> Option<Country> {
        let (start, end) = (item.start as usize, item.end as usize);
        let m = &self.s.lx.marks;
        (item.symbols & m.organization != 0 && self.bare_word(item))
            .then(|| self.country_of(start, end, None))
            .filter(|c| self.s.lx.parties.get(usize::from(c.party)).is_some_and(|p| p.is_country))
    }

    pub(super) fn government(&self, country: u16, why: &mut Why) -> u32 {
        let lx = self.s.lx;
        let party = &lx.parties[usize::from(country)];
        let id = format!("organization:{}-government", party.code);
        if let Some(&e) = lx.by_id.get(id.as_str()) {
            why.say(|| format!("a listed body: {}", self.record(e)));
            return self.entity(e);
        }
        why.say(|| "no record of the body: named after the country".into());
        let template = lx.template("government");
        let names = Language::ALL.map(|l| {
            let country = lx.within(party.entity, l as usize);
            fill(template[l as usize].as_deref()?, &[("country", country, false)]).map(Into::into)
        });
        self.keep(Arc::new(EntityData { id: id.into(), kind: Kind::Organization, names, known: true }), false)
    }

    /// A post that every country has, with the country and the place that stand beside it.
    pub(super) fn posted(&self, item: &Item) -> Option<Composed> {
        let lx = self.s.lx;
        let f = &item.features;
        let e = &lx.entities[f.entity as usize];
        let own = lx.parties.get(usize::from(f.country)).filter(|_| e.country == NONE16);
        let target = lx.parties.get(usize::from(f.target)).map(|p| p.entity).or((f.place != NONE32).then_some(f.place));
        if own.is_none() && target.is_none() {
            return None;
        }
        let key = (f.entity, own.map_or(NONE16, |_| f.country), target.unwrap_or(NONE32));
        Some(self.s.memo.post(key, || {
            let data = self.make_post(e, own, target);
            lx.by_id.get(&data.id).map_or(Composed::Made(data), |&record| Composed::Listed(record))
        }))
    }

    fn make_post(&self, e: &EntityInfo, own: Option<&Party>, target: Option<u32>) -> Arc<EntityData> {
        let lx = self.s.lx;
        let slug = |entity: u32| lx.entities[entity as usize].data.id.split_once(':').map_or("", |(_, s)| s);
        let mut id = e.data.id.to_string();
        if let Some(c) = own {
            id.push('.');
            id.push_str(&c.code);
        }
        if let Some(t) = target {
            id.push_str("-in-");
            id.push_str(slug(t));
        }
        let name = |entity: u32, l: usize| lx.within(entity, l);
        let template = lx.template("post");
        let names = Language::ALL.map(|l| {
            let l = l as usize;
            let base = e.data.names[l].as_deref();
            let country = own.and_then(|c| name(c.entity, l));
            let place = target.and_then(|t| name(t, l));
            fill(template[l].as_deref()?, &[("title", base, false), ("country", country, own.is_none()), ("target", place, target.is_none())]).map(Into::into)
        });
        Arc::new(EntityData { id: id.into(), kind: Kind::Title, names, known: true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_alone_are_spelled_as_folding_has_them() {
        let mut lone = 0;
        for c in '\u{80}'..='\u{2ffff}' {
            let Some(letter) = lone_letter(&c.to_string()) else { continue };
            let (mut short, mut long) = (Vec::new(), String::new());
            push_lone_letter(letter, &mut short);
            push_folded(&fold_cluster(&c.to_string()), &mut long);
            assert_eq!(short, long.as_bytes(), "{c}");
            lone += 1;
        }
        assert!(lone > 20_000);
        assert_eq!([lone_letter("国々"), lone_letter("か\u{3099}"), lone_letter("A")], [None; 3]);
    }
}
