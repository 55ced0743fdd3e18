//! Names of persons in kanji and katakana that no list holds: before a title or honorific, and in tables and lists, where
//! marks and spaces part them from the office (`国際協力局長　田所春樹（前参事官）`, `小暮悠（日越大学教授）`).

use super::{Ground, Person, Readings, Shape, Sight};
use crate::lexicon::{NONE16, Sort, Strength};
use crate::text::bits::{Bits, ones};
use crate::text::tokens::{Kind, gap};

/// Kana of a name at most.
const LONGEST_KANA: usize = 24;
/// Kanji and kana of a name in a table at most.
const LONGEST_ENTRY: usize = 7;
/// Tokens of a bracket between an office and a name, or behind a name, at most.
const LONGEST_BRACKET: usize = 40;

/// Where offices and honorifics begin that stand behind a name, and where names may be: all that several rules ask of a token is read
/// once, however many names may end before it.
#[derive(Debug, Default)]
pub(super) struct Around {
    titles: Bits,
    all: Bits,
    /// Kanji and katakana, and the latter alone.
    letters: Bits,
    kana: Bits,
    /// Marks that open a bracket.
    opens: Bits,
    /// Tokens inside a longer name of another kind, ...
    known: Bits,
    /// ... and those of one that is not behind a dot: what is may be a part of a name, though it is also a country's (`ライ・タイ・ビン`).
    apart: Bits,
    /// Where offices and words for leaving one end and begin, each end once, ascending.
    ends: Vec<(u32, u32)>,
    /// Where an office begins behind a space in its line.
    parted: Vec<u32>,
}

impl Around {
    pub(super) fn read(&mut self, s: &Sight<'_>) {
        let m = &s.lx.marks;
        let (title, any) = (m.title | m.former | m.acting | m.incoming, m.honorific_after);
        for set in [&mut self.titles, &mut self.all, &mut self.letters, &mut self.kana, &mut self.opens, &mut self.known, &mut self.apart] {
            set.reset(s.tokens.len());
        }
        for at in (0..s.tokens.len()).filter(|&at| s.chart.may_begin(at, title | any)) {
            let is_title = title_begins(s, at) || status_before_title(s, at).is_some();
            if is_title {
                self.titles.insert(at);
            }
            if is_title || s.chart.begins(at, any) {
                self.all.insert(at);
            }
        }
        // Names and entries are sought in Japanese texts only.
        if s.lines.sums.japanese {
            self.read_names(s);
        }
    }

    fn read_names(&mut self, s: &Sight<'_>) {
        for (at, t) in s.tokens.iter().enumerate() {
            match t.kind {
                Kind::Kanji => self.letters.insert(at),
                Kind::Katakana => {
                    self.letters.insert(at);
                    self.kana.insert(at);
                }
                Kind::Open => self.opens.insert(at),
                _ => {}
            }
        }
        let m = &s.lx.marks;
        let ja = 1 << crate::kind::Language::Ja as u8;
        let Around { ends, parted, .. } = self;
        ends.clear();
        parted.clear();
        s.chart.each_of_all(m.title | m.leaves_office, |i| {
            if i.languages & ja == 0 {
                return;
            }
            if i.strength != Strength::Never {
                ends.push((i.end, i.start));
            }
            let first = &s.tokens[i.outer as usize];
            if i.symbols & m.title != 0 && first.gap & gap::SPACE != 0 && !first.begins_line() {
                parted.push(i.outer);
            }
        });
        ends.sort_unstable();
        ends.dedup_by_key(|e| e.0);
        let other = m.place | m.organization | m.mechanism | m.ministry | m.title | m.agreement | m.initiative;
        s.chart.each_of_all(other, |i| {
            let (start, end) = (i.start as usize, i.end as usize);
            if end >= start + 2 && i.strength == Strength::Strong {
                self.known.fill(start..end);
                if s.tokens[start].gap & gap::MIDDLE_DOT == 0 {
                    self.apart.fill(start..end);
                }
            }
        });
    }

    /// A title begins at a token, or a status word before one.
    fn title(&self, at: usize) -> bool {
        self.titles.has(at)
    }

    /// All tokens at which that or an honorific begins.
    pub(super) fn all(&self) -> &Bits {
        &self.all
    }
}

/// Names nobody listed in Japanese script: kanji or katakana right before a title or honorific, and katakana that a
/// Vietnamese family name opens. `single`: those in katakana without a dot.
pub(super) fn names(s: &Sight<'_>, out: &mut Vec<Person>, taken: &mut Bits, around: &Around, single: bool) {
    let letters = if single { &around.kana } else { &around.letters };
    let mut from = 0;
    for (n, (&letters, known)) in letters.words().iter().zip(around.known.words()).enumerate() {
        // What is taken meanwhile lies before `from`.
        for start in ones(n, letters & !known & !taken.words()[n]) {
            if start >= from {
                from = name(s, out, taken, around, start, single);
            }
        }
    }
}

/// Adds the name that begins with a letter, if one does. Gives the token from which the next one may begin.
fn name(s: &Sight<'_>, out: &mut Vec<Person>, taken: &mut Bits, around: &Around, start: usize, single: bool) -> usize {
    let m = &s.lx.marks;
    let kind = s.tokens[start].kind;
    let kanji = kind == Kind::Kanji;
    // Where katakana run on over a dot from something listed, that is one name.
    let runs_on = !kanji && start > 0 && s.tokens[start - 1].kind == kind && s.tokens[start].gap & !gap::MIDDLE_DOT == 0;
    if runs_on || s.chart.begins(start, m.former | m.incoming) && !s.chart.begins(start, m.family_name | m.surname) {
        return start + 1;
    }
    let (end, dots) = end_of_run(s, taken, around, start);
    // Most runs of kanji are no names: no office stands behind them.
    let read = kanji && reading_then_title(s, end);
    if kanji && !read && !around.all.has(end) {
        return end;
    }
    let family = s.chart.begins(start, m.family_name);
    // `閉会の辞　澤田　浩一　公使`: the name begins behind the first space.
    let behind = |j: &usize| s.tokens[*j].gap & gap::SPACE != 0 && s.chart.begins(*j, m.surname);
    let start = if kanji && !s.chart.begins(start, m.surname) { (start + 1..end).find(behind).unwrap_or(start) } else { start };
    let g = s.tokens.get(end).map_or(gap::LINE, |t| t.gap);
    let close = g & !gap::SPACE == 0;
    // `小島悠介・駐ラオス大使`, `ズン・ベトナム計画投資相`
    let dotted = g & !(gap::SPACE | gap::MIDDLE_DOT) == 0 && g & gap::MIDDLE_DOT != 0 && {
        match kind {
            Kind::Kanji => s.chart.begins(start, m.surname) && around.title(end),
            _ => country_title_behind_dot(s, end) || dots >= 1 && status_before_title(s, end).is_some(),
        }
    };
    // `江川 宏（えがわ・ひろし）海将補`
    let titled = dotted || read || close && around.all.has(end);
    // `米国を公式訪問 国防長官と会談`: a space in a headline parts two things, unless it is surely a name.
    let spaced = kanji && g & gap::SPACE != 0 && !dotted;
    let named = || s.chart.begins(start, m.surname) || (start + 1..end).any(|i| s.tokens[i].gap & gap::SPACE != 0);
    let titled = titled && (!spaced || named());
    // So are most of kana: there is no dot inside.
    let nothing_tells = if kanji { !titled } else { !single && dots == 0 };
    if nothing_tells {
        return end;
    }
    // `ゲーツ米国防長官`: no dot, but the country and the office say that it is a name.
    let foreign = s.chart.with(end, m.title).any(|i| i.features.country != NONE16 && i.features.role != NONE16);
    let word = (start..end).any(|i| s.chart.begins(i, m.name_stop | m.portfolio)) && !s.chart.begins(start, m.surname);
    let shape = if !kanji && family && dots >= 1 { Shape::Vietnamese } else { kanji_shape(s, start, end) };
    // `小野寺防衛相`: a family name alone.
    let family_alone = kanji && s.chart.with(start, m.surname | m.short).any(|i| i.end as usize == end);
    let foreign_name = kanji && end - start == 2 && g == 0 && title_begins(s, end) && behind_abroad(s, start);
    let long_enough = match kind {
        _ if family_alone => false,
        _ if foreign_name => !word,
        Kind::Katakana if single => (g == 0 || dotted) && foreign && end - start >= 2 || close && end - start >= 3 && titled && behind_body(s, start),
        Kind::Katakana => dots >= 2 && family || dots >= 1 && titled,
        _ => titled && !word && dots == 0 && (3..=5).contains(&(end - start)),
    };
    if long_enough {
        taken.fill(start..end);
        let ground = if titled { Ground::Address } else { Ground::Shape };
        out.push(Person { start, end, readings: Readings::None, same_as: None, shape, ground });
    }
    end
}

/// The end of the letters of one script that may be a name from a token on, and the dots among them.
fn end_of_run(s: &Sight<'_>, taken: &Bits, around: &Around, start: usize) -> (usize, usize) {
    let m = &s.lx.marks;
    let Around { known, apart, .. } = around;
    let kind = s.tokens[start].kind;
    let family = || s.chart.begins(start, m.family_name);
    let fresh = |i: usize| s.tokens[i].kind == kind && !taken.has(i) && (!known.has(i) || !apart.has(i) && family());
    let (mut end, mut dots) = (start + 1, 0);
    while end < s.tokens.len() && end < start + LONGEST_KANA && fresh(end) {
        let g = s.tokens[end].gap;
        if g & gap::MIDDLE_DOT != 0 {
            // `小島悠介・駐ラオス大使`: behind the dot stands the office.
            if kind == Kind::Kanji && around.title(end) {
                break;
            }
            dots += 1;
        } else if g & !gap::SPACE != 0 || g != 0 && kind == Kind::Katakana {
            break;
        }
        // A role word ends the name, and so does a status word before one: `湯﨑英彦知事`, `石破前首相`.
        if end > start + 1 && (around.all.has(end) || s.chart.begins(end, m.concurrently)) {
            break;
        }
        end += 1;
    }
    (end, dots)
}

/// `中国外務省の林剣報道官`: a country with such names, or a body of it, and の stand before a token.
fn behind_abroad(s: &Sight<'_>, at: usize) -> bool {
    let (m, lx) = (&s.lx.marks, s.lx);
    let of = (1..=2.min(at)).map(|b| at - b).find(|&a| s.chart.with(a, m.of).any(|i| i.end as usize == at));
    let kanji = |c: u16| lx.parties.get(usize::from(c)).is_some_and(|p| matches!(&*p.code, "cn" | "kr" | "kp" | "tw"));
    let of_it = |i: &crate::compose::chart::Item| kanji(i.features.country) || lx.entities.get(i.features.entity as usize).is_some_and(|e| kanji(e.country));
    of.is_some_and(|a| {
        (1..=20.min(a))
            .any(|b| s.chart.with(a - b, m.country | m.organization | m.ministry).any(|i| i.end as usize == a && i.strength == Strength::Strong && of_it(&i)))
    })
}

/// Readings in brackets behind a name: `小暮悠（こぐれ・ゆう）`, `李明博（イ・ミョンバク）`.
pub(super) fn readings(s: &Sight<'_>, out: &mut Vec<Person>, taken: &mut Bits) {
    let mut found = Vec::new();
    for p in out.iter().filter(|p| s.tokens[p.start].kind == Kind::Kanji) {
        let (open, from) = (p.end, p.end + 1);
        if !s.tokens.get(open).is_some_and(|t| t.kind == Kind::Open && !t.begins_line()) {
            continue;
        }
        let kana = |i: &usize| s.tokens.get(*i).is_some_and(|t| matches!(t.kind, Kind::Hiragana | Kind::Katakana) && !t.begins_line());
        let end = (from..from + LONGEST_KANA).take_while(kana).last().map_or(from, |i| i + 1);
        let parted = (from + 1..end).any(|i| s.tokens[i].gap & (gap::SPACE | gap::MIDDLE_DOT) != 0);
        let closed = s.tokens.get(end).is_some_and(|t| matches!(t.kind, Kind::Close | Kind::Comma));
        if parted && closed && end >= from + 3 && !taken.any(from..end) {
            taken.fill(from..end);
            let same_as = p.readings.is_empty().then(|| p.same_as.unwrap_or(p.start));
            let (readings, shape) = (p.readings.clone(), p.shape);
            found.push(Person { start: from, end, readings, same_as, shape, ground: Ground::Short });
        }
    }
    out.extend(found);
}

/// A bracket of kana alone, and an office or honorific before or behind it.
fn reading_then_title(s: &Sight<'_>, at: usize) -> bool {
    let open = s.tokens.get(at).is_some_and(|t| t.kind == Kind::Open && !t.begins_line());
    let Some(close) = open.then(|| closing(s, at)).flatten() else { return false };
    let kana = (at + 1..close).all(|i| matches!(s.tokens[i].kind, Kind::Hiragana | Kind::Katakana));
    kana && close > at + 2 && s.tokens.get(close + 1).is_some_and(|t| t.gap & !gap::SPACE == 0) && {
        let e = close + 1;
        title_begins(s, e) || status_before_title(s, e).is_some() || s.chart.begins(e, s.lx.marks.honorific_after)
    }
}

/// `インド太平洋軍のパパロ司令官`: a country or body and の stand before a token that no field begins at.
fn behind_body(s: &Sight<'_>, at: usize) -> bool {
    let m = &s.lx.marks;
    let of = (1..=2.min(at)).map(|b| at - b).find(|&a| s.chart.with(a, m.of).any(|i| i.end as usize == at));
    let body = |a: usize| {
        (1..=20.min(a)).any(|b| s.chart.with(a - b, m.country | m.organization | m.ministry).any(|i| i.end as usize == a && i.strength == Strength::Strong))
    };
    of.is_some_and(body) && !s.chart.begins(at, m.portfolio | m.name_stop | m.place | m.organization)
}

/// Chinese and Korean names are seldom longer than three characters.
fn kanji_shape(s: &Sight<'_>, start: usize, end: usize) -> Shape {
    let kanji = s.tokens[start].kind == Kind::Kanji;
    if kanji && (s.chart.begins(start, s.lx.marks.surname) || end - start >= 4) { Shape::Japanese } else { Shape::Other }
}

/// Where the title begins behind a status word at a token: `前首相`.
pub(super) fn status_before_title(s: &Sight<'_>, at: usize) -> Option<usize> {
    let m = &s.lx.marks;
    s.chart.with(at, m.former | m.acting | m.incoming).map(|i| i.end as usize).find(|&e| title_begins(s, e))
}

/// A title or role in Japanese begins at a token.
pub(super) fn title_begins(s: &Sight<'_>, at: usize) -> bool {
    let ja = 1 << crate::kind::Language::Ja as u8;
    s.chart.with(at, s.lx.marks.title).any(|i| i.languages & ja != 0)
}

/// `ズン・ベトナム計画投資相`: a dot, a country and an office.
pub(super) fn country_title_behind_dot(s: &Sight<'_>, at: usize) -> bool {
    let dot = s.tokens.get(at).is_some_and(|t| t.gap & gap::MIDDLE_DOT != 0 && t.gap & !(gap::SPACE | gap::MIDDLE_DOT) == 0);
    let country = |at: usize| s.chart.begins(at, s.lx.marks.country | s.lx.marks.compound | s.lx.marks.stationed);
    dot && country(at) && title_begins(s, at)
}

/// Names in the entries of tables and lists.
pub(super) fn entries(s: &Sight<'_>, out: &mut Vec<Person>, taken: &mut Bits, around: &Around) {
    let mut found: Vec<(usize, usize)> = Vec::new();
    // Behind an office that opens an entry, or behind a word for leaving one, over the bracket that holds it.
    for (end, start) in around.ends.iter().map(|&(end, start)| (end as usize, start as usize)) {
        let mut at = end;
        let mut bracket = false;
        // `防衛政策局長（官房長）三好悠介`
        if s.tokens.get(at).is_some_and(|t| t.kind == Kind::Open && !t.begins_line()) {
            let Some(close) = closing(s, at) else { continue };
            at = close + 1;
            bracket = true;
        }
        if s.tokens.get(at).is_some_and(|t| t.kind == Kind::Colon && !t.begins_line()) {
            at += 1;
        }
        let Some(first) = s.tokens.get(at).filter(|t| !t.begins_line()) else { continue };
        // `空将・小暮悠`
        let rank = |i: &crate::compose::chart::Item| s.lx.entities.get(i.features.entity as usize).is_some_and(|e| e.sort == Sort::Rank);
        let dot = first.gap == gap::MIDDLE_DOT && s.chart.with(start, s.lx.marks.title).any(|i| i.end as usize == end && rank(&i));
        let spaced = first.gap & gap::SPACE != 0 || dot;
        if first.gap & !gap::SPACE != 0 && !dot || !(bracket || spaced || at > end) || !opens_entry(s, start) {
            continue;
        }
        if let Some(to) = name_to(s, taken, at).filter(|&to| closes_entry(s, to)) {
            found.push((at, to));
        }
    }
    for at in around.opens.iter().skip_while(|&at| at == 0) {
        // Before a bracket that holds an office: `小暮悠（日越大学教授）`.
        if !s.tokens[at].begins_line() && closing(s, at).is_some_and(|c| title_in_brackets(s, at + 1, c)) {
            // `公式訪問（国防長官と会談）`: without a family name that lists know, a space must tell.
            let named = |f: usize| s.chart.begins(f, s.lx.marks.surname) || (f + 1..at).any(|i| s.tokens[i].gap & gap::SPACE != 0);
            let kana = |f: usize| s.tokens[f].kind == Kind::Katakana;
            let mut starts = (1..=LONGEST_KANA.min(at)).rev().map(|b| at - b);
            let start = starts.find(|&f| opens_entry(s, f) && name_to(s, taken, f) == Some(at) && (kana(f) || named(f)));
            found.extend(start.map(|f| (f, at)));
        }
    }
    // Before an office that a space parts from it, in a line of its own: `三好　悠介　防衛研究所主任研究官`.
    for at in around.parted.iter().map(|&at| at as usize) {
        let line = (1..=LONGEST_ENTRY.min(at)).rev().map(|b| at - b).find(|&f| s.tokens[f].begins_line() || bullet(s, f));
        found.extend(line.filter(|&f| name_to(s, taken, f) == Some(at)).map(|f| (f, at)));
    }
    for (start, end) in found {
        if taken.any(start..end) {
            continue;
        }
        taken.fill(start..end);
        let family = s.chart.begins(start, s.lx.marks.family_name) && s.tokens[start].kind == Kind::Katakana;
        let shape = if family { Shape::Vietnamese } else { kanji_shape(s, start, end) };
        out.push(Person { start, end, readings: Readings::None, same_as: None, shape, ground: Ground::Address });
    }
}

fn closing(s: &Sight<'_>, open: usize) -> Option<usize> {
    (open + 1..s.tokens.len().min(open + LONGEST_BRACKET)).take_while(|&i| !s.tokens[i].begins_line()).find(|&i| s.tokens[i].kind == Kind::Close)
}

/// A title opens a bracket, over a status word, or fills it to its end.
fn title_in_brackets(s: &Sight<'_>, at: usize, close: usize) -> bool {
    let whole = |from: usize| s.chart.with(from, s.lx.marks.title).any(|i| i.strength != Strength::Never && i.end as usize <= close);
    whole(at) && !s.tokens[at].begins_line() || status_before_title(s, at).is_some()
}

/// A bullet or number stands before a token.
fn bullet(s: &Sight<'_>, at: usize) -> bool {
    at > 0 && matches!(s.tokens[at - 1].kind, Kind::Other | Kind::Dash | Kind::Colon | Kind::Number) && s.tokens[at - 1].kind != Kind::Number
}

/// Nothing but a mark stands before a token, or it opens its line; a ・ before it is a bullet.
fn opens_entry(s: &Sight<'_>, at: usize) -> bool {
    let t = &s.tokens[at];
    if t.begins_line() || at == 0 || bullet(s, at) {
        return true;
    }
    let m = &s.lx.marks;
    let before = &s.tokens[at - 1];
    matches!(before.kind, Kind::Comma | Kind::Semicolon | Kind::Stop | Kind::Open | Kind::Close)
        || t.gap & (gap::QUOTE | gap::SPACE | gap::KANA_MARK) != 0
        || (1..=2.min(at)).any(|b| s.chart.with(at - b, m.former | m.incoming | m.leaves_office).any(|i| i.end as usize == at) && opens_entry(s, at - b))
}

/// What ends an entry of a table or the name in it.
fn closes_entry(s: &Sight<'_>, at: usize) -> bool {
    let m = &s.lx.marks;
    s.tokens.get(at).is_none_or(|t| {
        t.begins_line()
            || matches!(t.kind, Kind::Open | Kind::Close | Kind::Comma | Kind::Semicolon | Kind::Stop | Kind::Other | Kind::Number | Kind::Slash)
            || t.gap & gap::SPACE != 0
    }) || s.chart.begins(at, m.honorific_after)
}

/// End of a name that may begin at a token, where nothing but marks tells that it is one: two to six kanji that one space may
/// part, or katakana with a dot.
fn name_to(s: &Sight<'_>, taken: &Bits, at: usize) -> Option<usize> {
    let m = &s.lx.marks;
    let kind = s.tokens[at].kind;
    if !matches!(kind, Kind::Kanji | Kind::Katakana) || taken.has(at) {
        return None;
    }
    let surname = s.chart.begins(at, m.surname);
    let other = m.title | m.ministry | m.organization | m.mechanism | m.agreement | m.initiative | m.portfolio | m.body_head | m.country | m.leaves_office;
    let listed = m.place | m.name_stop | m.both | m.both_before | m.delegation | m.former;
    let known = |i: usize| s.chart.at(i).any(|x| x.symbols & other != 0 && x.strength == Strength::Strong && x.end as usize >= i + 2);
    if known(at) || !surname && s.chart.begins(at, listed) && !s.chart.begins(at, m.family_name) {
        return None;
    }
    let (mut end, mut spaces, mut dots) = (at + 1, 0, 0);
    while end < s.tokens.len() && end < at + LONGEST_KANA && !taken.has(end) {
        let t = &s.tokens[end];
        let same = t.kind == kind || kind == Kind::Kanji && end >= at + 2 && matches!(t.kind, Kind::Hiragana | Kind::Katakana) && (surname || spaces > 0);
        if !same || s.chart.begins(end, m.honorific_after) || end > at + 1 && title_begins(s, end) {
            break;
        }
        if t.gap & gap::MIDDLE_DOT != 0 && kind == Kind::Katakana {
            dots += 1;
        } else if t.gap == gap::SPACE && kind == Kind::Kanji && !title_begins(s, end) && status_before_title(s, end).is_none() {
            spaces += 1;
        } else if t.gap != 0 {
            break;
        }
        if end > at + 1 && kind == Kind::Kanji && known(end) && t.gap != 0 {
            break;
        }
        end += 1;
    }
    let length = end - at;
    let enough = match kind {
        Kind::Katakana => dots >= 1,
        // A space, or a family name that lists know.
        _ => spaces == 1 && (2..=6).contains(&length) || spaces == 0 && (surname && (3..=6).contains(&length) || (3..=4).contains(&length)),
    };
    let ends_so = spaces == 0 && (s.chart.begins(end - 1, m.name_end_stop) || s.chart.begins(at, m.name_end_stop));
    let word = !surname && (ends_so || (at..end).any(|i| s.chart.begins(i, m.name_stop)));
    (enough && !word).then_some(end)
}
