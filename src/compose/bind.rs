//! Which titles are whose: before the name, behind it in apposition, after a copula, in brackets.

mod careers;
mod rolls;

use super::chart::{Chart, Item, near, sign};
use super::people::{Person, Sight, behind_bracket, named_behind_comma};
use crate::lexicon::grammar::Symbols;
use crate::lexicon::{self, Marks, Strength};
use crate::text::bits::Bits;
use crate::text::tokens::{Kind, gap};

/// A title that belongs to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bond {
    /// Index into the persons.
    pub person: usize,
    /// Span of the title in tokens.
    pub start: usize,
    pub end: usize,
    pub former: bool,
    pub acting: bool,
    /// The title stands behind the name.
    pub behind: bool,
    /// It is another's title; this person holds the like in his own country.
    pub counterpart: bool,
}

/// Titles in one chain at most.
const CHAIN: usize = 12;
/// Tokens of a word that ends before another at most.
const LONGEST_WORD: usize = 6;
/// Tokens of a bracket between an office and a name at most.
const LONGEST_BRACKET: usize = 40;
/// Tokens in which all fits that can stand between an office and a name: honorifics, a bracket, somebody's age and home, a verb.
const REACH: usize = 127;
/// Honorifics in a row at most.
const HONORIFICS: usize = 4;
/// The same before a name that is not in Japanese script: honorifics, and what stands before these.
const REACH_BEFORE: usize = HONORIFICS * LONGEST_WORD + LONGEST_JOINT;
/// Tokens between an office and such a name with its honorifics at most: a comma, a word or letters in brackets.
const LONGEST_JOINT: usize = LONGEST_WORD + 1;

/// Binds the titles of a text to its persons: bonds by person. Both come in their order, none inside another; `titles` holds
/// spans.
pub(crate) fn bind<'b>(s: &Sight<'_>, people: &[Person], titles: &[(usize, usize)], told: &Told, buffers: &'b mut Buffers) -> &'b [Bond] {
    if people.is_empty() || titles.is_empty() {
        return &[];
    }
    let Buffers { edges, before, taken, all } = buffers;
    edges.read(s.tokens.len(), people, titles);
    let mut outer = Vec::new();
    if s.chart.preceded {
        for (n, &(start, end)) in titles.iter().enumerate() {
            let begins = s.chart.laid(start, s.lx.marks.title).filter(|i| i.end as usize == end).map(|i| i.outer as usize).min();
            outer.extend(begins.filter(|&o| o < start).map(|o| (o, n)));
        }
        outer.sort_unstable();
        outer.iter().for_each(|o: &(usize, usize)| edges.titles.insert(o.0));
    }
    let b = Binder { s, people, titles, told, edges, outer, personnel: s.chart.has(s.lx.marks.personnel) };
    before.clear();
    for (i, p) in people.iter().enumerate() {
        let reach = if s.tokens[p.start].kind.is_cjk() { REACH } else { REACH_BEFORE };
        if within(&edges.title_ends, p.start.saturating_sub(reach), reach) {
            b.before(i, before);
        }
    }
    // Titles that stand before a name are that person's, whoever stands before them.
    taken.clear();
    taken.resize(titles.len(), None);
    for bond in &*before {
        taken[titles.partition_point(|t| t.0 < bond.start)] = Some(bond.person);
    }
    all.clear();
    let mut before = &before[..];
    for (i, p) in people.iter().enumerate() {
        let from = all.len();
        while let Some((bond, rest)) = before.split_first().filter(|(b, _)| b.person == i) {
            all.push(*bond);
            before = rest;
        }
        if within(&edges.titles, p.end, REACH) {
            b.behind(i, taken, from, all);
        }
    }
    b.rolls(all);
    all
}

/// Whether one of some edges is at a token or at most so many behind it, up to [`REACH`]: two words of bits.
#[inline]
fn within(edges: &Bits, from: usize, reach: usize) -> bool {
    let far = if reach < 64 { 0 } else { edges.from(from + 64) << (REACH - reach) };
    (edges.from(from) << 63usize.saturating_sub(reach)) | far != 0
}

/// Words of a text that tell whose a title is, wherever they stand.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Where the text says that brackets hold the offices of before: `カッコ内は前職`.
    former_in_brackets: Option<usize>,
    /// Pronouns and counterparts, by their items.
    pronouns: Vec<u32>,
    counterparts: Vec<u32>,
    /// Words for a career, as spans.
    careers: Vec<(usize, usize)>,
}

impl Told {
    pub(crate) fn clear(&mut self) {
        self.former_in_brackets = None;
        self.pronouns.clear();
        self.counterparts.clear();
        self.careers.clear();
    }

    /// Whether words of the class `sign` on a chart can tell anything: most texts have none of these.
    pub(crate) fn asks_for_signs(chart: &Chart<'_>) -> bool {
        [sign::BRACKETS_FORMER, sign::CAREER, sign::COMES_INTO].into_iter().any(|number| chart.has_sign(number))
    }

    /// Takes an item into account. They come in the order in which they came onto the chart.
    #[inline]
    pub(crate) fn note(&mut self, m: &Marks, i: &Item) {
        if i.symbols & m.pronoun != 0 && i.strength == Strength::Strong {
            self.pronouns.push(i.id);
        }
        if i.symbols & m.counterpart != 0 {
            self.counterparts.push(i.id);
        }
        if i.symbols & m.sign != 0 {
            let start = i.start as usize;
            match i.number {
                sign::BRACKETS_FORMER => self.former_in_brackets = Some(self.former_in_brackets.map_or(start, |first| first.min(start))),
                sign::CAREER | sign::COMES_INTO => self.careers.push((start, i.end as usize)),
                _ => {}
            }
        }
    }
}

/// What binding titles writes down, in buffers that can be used again.
#[derive(Default)]
pub(crate) struct Buffers {
    edges: Edges,
    /// The titles before names.
    before: Vec<Bond>,
    /// Whose of these each title is.
    taken: Vec<Option<usize>>,
    /// All bonds.
    all: Vec<Bond>,
}

/// At which tokens titles and persons begin, and behind which they end: most that is asked of a token is answered by that.
#[derive(Default)]
struct Edges {
    /// Or the words that stand before a title and tell of it.
    titles: Bits,
    title_ends: Bits,
    people: Bits,
    people_ends: Bits,
}

impl Edges {
    fn read(&mut self, tokens: usize, people: &[Person], titles: &[(usize, usize)]) {
        [&mut self.titles, &mut self.title_ends, &mut self.people, &mut self.people_ends].into_iter().for_each(|bits| bits.reset(tokens));
        for &(start, end) in titles {
            self.titles.insert(start);
            self.title_ends.insert(end);
        }
        for p in people {
            self.people.insert(p.start);
            self.people_ends.insert(p.end);
        }
    }
}

struct Binder<'a> {
    s: &'a Sight<'a>,
    people: &'a [Person],
    titles: &'a [(usize, usize)],
    told: &'a Told,
    edges: &'a Edges,
    /// Titles by the token at which the words begin that stand before them and tell of them, ascending.
    outer: Vec<(usize, usize)>,
    /// The text lists who comes into which office.
    personnel: bool,
}

impl Binder<'_> {
    fn chart(&self) -> &Chart<'_> {
        self.s.chart
    }

    fn english(&self, token: usize) -> bool {
        self.s.english && self.s.lines.english(token)
    }

    fn title_ending(&self, at: usize) -> Option<(usize, usize)> {
        if !self.edges.title_ends.has(at) {
            return None;
        }
        // Titles do not overlap, so their ends ascend as their starts do.
        let i = self.titles.partition_point(|t| t.1 < at);
        self.titles.get(i).copied().filter(|t| t.1 == at)
    }

    fn title_at(&self, at: usize) -> Option<(usize, usize)> {
        if at > self.s.tokens.len() || !self.edges.titles.has(at) {
            return None;
        }
        let i = self.titles.partition_point(|t| t.0 < at);
        self.titles.get(i).copied().filter(|t| t.0 == at).or_else(|| {
            let i = self.outer.partition_point(|o| o.0 <= at).checked_sub(1)?;
            (self.outer[i].0 == at).then(|| self.titles[self.outer[i].1])
        })
    }

    fn person_at(&self, at: usize) -> Option<usize> {
        if at > self.s.tokens.len() || !self.edges.people.has(at) {
            return None;
        }
        let i = self.people.partition_point(|p| p.start < at);
        (self.people.get(i)?.start == at).then_some(i)
    }

    fn person_ending(&self, at: usize) -> Option<usize> {
        if !self.edges.people_ends.has(at) {
            return None;
        }
        let i = self.people.partition_point(|p| p.end < at);
        self.people.get(i).filter(|p| p.end == at).map(|_| i)
    }

    /// An item with one of the symbols that ends right before `at`.
    fn item_ending(&self, at: usize, symbols: Symbols) -> Option<Item> {
        let mut begun = self.chart().begun(at, LONGEST_WORD, symbols);
        begun.find_map(|t| self.chart().with(t, symbols).filter(|i| i.end as usize == at && i.strength != Strength::Never).last())
    }

    /// The longest word of the class `sign` with a number at a token.
    fn sign_at(&self, at: usize, number: u8) -> Option<Item> {
        if self.chart().begins(at, self.s.lx.marks.sign) { self.chart().sign(self.s.lx, at, number) } else { None }
    }

    /// A word of the class `sign` with a number that ends right before `at`.
    fn sign_ending(&self, at: usize, number: u8) -> Option<Item> {
        let sign = self.s.lx.marks.sign;
        self.chart().begun(at, LONGEST_WORD, sign).find_map(|t| self.chart().with(t, sign).find(|i| i.number == number && i.end as usize == at))
    }

    fn item_at(&self, at: usize, symbols: Symbols) -> Option<Item> {
        self.chart().longest(at, symbols)
    }

    /// The longest word of a class at a token behind which a title begins, else the longest: `giữ chức Vụ trưởng`, where
    /// `giữ chức vụ` is in the class as well.
    fn word_leading(&self, at: usize, symbols: Symbols) -> Option<Item> {
        self.chart().with(at, symbols).max_by_key(|i| (self.title_at(self.status_at(i.end as usize).0).is_some(), i.end))
    }

    /// Status words right before a title: start of the whole, former, acting.
    fn status_before(&self, start: usize) -> (usize, bool, bool) {
        let m = &self.s.lx.marks;
        let before = || self.chart().laid(start, m.title).map(|i| i.outer as usize).min();
        let outer = if self.chart().preceded { before() } else { None };
        let (mut at, mut former, mut acting) = (outer.unwrap_or(start), false, false);
        for _ in 0..3 {
            // `免・領事局長`
            let dot = at > 0 && self.s.tokens[at].gap == gap::MIDDLE_DOT && self.item_ending(at, m.leaves_office).is_some();
            if at == 0 || !near(&self.s.tokens[at]) && !dot {
                break;
            }
            // `then-Prime Minister`
            let dash = self.s.tokens[at - 1].kind == Kind::Dash && self.s.tokens[at].gap == 0;
            let end = if dash && at > 1 { at - 1 } else { at };
            let status = m.former | m.acting | m.incoming | m.many_nations | m.leaves_office;
            let Some(i) = self.item_ending(end, status).filter(|i| !self.inside_word(i)) else { break };
            if i.symbols & m.many_nations != 0 {
                break;
            }
            former |= i.symbols & (m.former | m.leaves_office) != 0;
            acting |= i.symbols & m.acting != 0;
            at = i.start as usize;
        }
        (at, former, acting)
    }

    /// `chính quyền`, `ban đầu`: the item is the last syllable of a longer word.
    fn inside_word(&self, item: &Item) -> bool {
        let start = item.start as usize;
        let whole = self.s.lx.marks.whole_word;
        self.chart().begun(start, 2, whole).any(|t| self.chart().with(t, whole).any(|w| w.end >= item.end))
    }

    /// Words that say that who follows does not hold the office: `ứng cử viên Tổng thống`, `phu nhân Thủ tướng`.
    fn not_holder(&self, at: usize) -> bool {
        self.item_ending(at, self.s.lx.marks.not_holder).is_some()
    }

    /// A listed person who has held an office that these words can mean.
    fn holds(&self, person: usize, start: usize, end: usize) -> bool {
        let (s, lx) = (self.s, self.s.lx);
        let mut items = s.chart.laid(start, lx.marks.title).filter(|i| i.end as usize == end);
        items.any(|i| {
            self.people[person]
                .readings
                .iter()
                .flat_map(|&e| lx.tenures_of(e))
                .any(|t| t.office == i.features.entity || lx.plays(&lx.entities[t.office as usize], i.features.role))
        })
    }

    /// `Thay mặt Thủ tướng, Bộ trưởng Quốc phòng A …`, `Sau khi gặp Thủ tướng, ông B …`: a title before the comma that a word
    /// makes the object of its clause is another's, unless a list says that this person held it or only a rank stands between.
    fn of_another(&self, person: usize, (start, end): (usize, usize), outer: usize, rank_behind: bool) -> bool {
        let m = &self.s.lx.marks;
        let Some(word) = self.item_ending(outer, m.object_of | m.acts_for) else { return false };
        if self.holds(person, start, end) {
            return false;
        }
        let alone = self.title_items(start, end).any(|i| self.s.lx.roles.get(usize::from(i.features.role)).is_some_and(|r| r.alone));
        // `tiếp Đại sứ, Bộ trưởng Sơn thăm …`
        let open = |i: &Item| i.features.entity == lexicon::NONE32 && i.features.role != lexicon::NONE16 || i.symbols & m.title_open != 0;
        let bare = |i: &Item| open(i) && i.features.country == lexicon::NONE16 && i.features.portfolio == lexicon::NONE16;
        if word.symbols & m.object_of != 0 && !rank_behind && self.title_items(start, end).all(|i| bare(i) && !i.features.has_body) {
            return true;
        }
        let listed = !self.people[person].readings.is_empty();
        let acts_for = word.symbols & m.acts_for != 0;
        alone && (listed || acts_for || !rank_behind)
    }

    /// `Ông A làm Bộ trưởng Ngoại giao, ông B …`: a verb between somebody's name and the title says whose it is.
    fn given_to_earlier(&self, outer: usize) -> bool {
        let m = &self.s.lx.marks;
        let Some(verb) = self.item_ending(outer, m.copula | m.former_copula | m.takes_office) else { return false };
        let mut at = verb.start as usize;
        // Over more of the verb, and small words: `được bầu giữ chức`, `tiếp tục làm`.
        for _ in 0..4 {
            if self.person_ending(at).is_some() {
                return true;
            }
            let t = at.checked_sub(1).map(|i| &self.s.tokens[i]);
            if !t.is_some_and(|t| t.kind == Kind::Word && !t.is_capital()) || self.s.tokens[at].begins_line() {
                return false;
            }
            at -= 1;
        }
        false
    }

    fn title_items(&self, start: usize, end: usize) -> impl Iterator<Item = &Item> {
        self.chart().laid(start, self.s.lx.marks.title).filter(move |i| i.end as usize == end)
    }

    fn is_rank(&self, start: usize, end: usize) -> bool {
        let rank = |e: u32| self.s.lx.entities.get(e as usize).is_some_and(|e| e.sort == lexicon::Sort::Rank);
        self.title_items(start, end).any(|i| rank(i.features.entity))
    }

    /// Goes back over honorifics.
    fn honorifics_before(&self, mut at: usize) -> usize {
        let m = &self.s.lx.marks;
        for _ in 0..HONORIFICS {
            // `Ngoại trưởng Anh David Lammy`: behind an office `Anh` is Britain.
            if at == 0 || self.s.tokens[at].begins_line() || self.title_ending(at).is_some() {
                break;
            }
            match self.item_ending(at, m.honorific) {
                Some(i) => at = i.start as usize,
                // `H.E. Mr.`: the full stop of an abbreviation that the list has without one.
                None if self.s.tokens[at - 1].kind == Kind::Period && self.item_ending(at - 1, m.honorific).is_some() => at -= 1,
                None => break,
            }
        }
        at
    }

    fn before(&self, person: usize, out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        let p = &self.people[person];
        let mut at = self.honorifics_before(p.start);
        let (mut once, mut stands_in) = (false, false);
        let mut comma = false;
        // `the Ambassador to Indonesia, Penny Williams PSM;`
        let apposed = at >= 2
            && self.s.tokens[at - 1].kind == Kind::Comma
            && self
                .title_ending(at - 1)
                .is_some_and(|t| named_behind_comma(self.s, t.0, t.1) == Some(p.start) && !self.belongs_to_earlier(self.status_before(t.0).0));
        if at > 0 && self.s.tokens[at - 1].kind == Kind::Comma && (at < p.start || apposed) {
            // `…, Chủ tịch Nhóm nghị sĩ …, bà Trương Thị Mai`
            at -= 1;
            comma = true;
        }
        // Most names have no office so near.
        let cjk = self.s.tokens[at].kind.is_cjk();
        if !cjk && !within(&self.edges.title_ends, at.saturating_sub(LONGEST_JOINT), LONGEST_JOINT) {
            return;
        }
        if at == p.start && cjk {
            // `前首相の岸田文雄氏`, `外相に茂木敏充氏`
            let named = self.chart().begins(p.end, m.honorific_after) || self.title_at(p.end).is_some();
            // `政治総局主任を務めた故小暮悠大将`
            let late = self.item_ending(at, m.once_before).filter(|i| self.item_ending(i.start as usize, m.once | m.of).is_some());
            if let Some(late) = late {
                at = late.start as usize;
            }
            if let Some(of) = self.item_ending(at, m.of | m.once | if named { m.post_to } else { 0 }) {
                at = of.start as usize;
                once = of.symbols & m.once != 0;
                // `外相代行に三好氏`
                if let Some(acting) = self.item_ending(at, m.acting).filter(|i| self.title_ending(i.start as usize).is_some()) {
                    at = acting.start as usize;
                    stands_in = true;
                }
            }
        }
        // `国際交渉を担う防衛審議官、小暮悠氏は`
        if at == p.start && at > 1 && self.s.tokens[at].kind.is_cjk() && self.s.tokens[at - 1].kind == Kind::Comma {
            let named = self.chart().begins(p.end, m.honorific_after);
            let title = self.title_ending(at - 1).filter(|t| {
                let (outer, former, _) = self.status_before(t.0);
                named && !former && self.person_ending(outer).is_none()
            });
            at -= usize::from(title.is_some_and(|(start, end)| self.holds(person, start, end)));
        }
        if at == p.start && at > 0 && self.s.tokens[at].kind.is_cjk() && self.s.tokens[at - 1].kind == Kind::Close {
            at = self.over_old_post(person, at, out);
        }
        // `Giám đốc Cục Điều tra Liên bang (FBI) Christopher Wray`
        if at >= 3
            && at == p.start
            && self.s.tokens[at - 1].kind == Kind::Close
            && self.s.tokens[at - 3].kind == Kind::Open
            && self.title_ending(at - 3).is_some()
        {
            at -= 3;
        }
        // `Thứ trưởng Bộ Quốc phòng là Thượng tướng A`, `khi Chủ tịch nước là ông B`
        if let Some(is) = self.named_by_copula(at).or_else(|| {
            let title = self.title_ending(at)?;
            self.named_by_copula(title.0).filter(|_| self.is_rank(title.0, title.1))
        }) {
            let (start, end) = is;
            let (outer, former, acting) = self.status_before(start);
            if !self.not_holder(outer) && self.item_ending(outer, m.object_of | m.of | m.with).is_none() && !self.belongs_to_earlier(outer) {
                out.push(Bond { person, start, end, former, acting, behind: false, counterpart: false });
            }
        }
        // `Rear Admiral (ret.) Michael McDevitt`
        if at == p.start && at > 2 && self.s.tokens[at - 1].kind == Kind::Close {
            let rank = |open: &usize| self.title_ending(*open).is_some_and(|t| self.is_rank(t.0, t.1) && behind_bracket(self.s, *open) == Some(at));
            if let Some(open) = (3..=5.min(at)).map(|b| at - b).find(rank) {
                at = open;
            }
        }
        // `- Foreign Minister: Motegi Toshimitsu`: a list of offices and their holders.
        if at > 1 && self.s.tokens[at - 1].kind == Kind::Colon && self.title_ending(at - 1).is_some_and(|t| self.opens_line(t.0)) {
            at -= 1;
        }
        // `Phó Đô đốc Hải quân Phạm Hoài Nam`
        let rank_before = self.title_ending(at).is_none() && self.edges.title_ends.any(at.saturating_sub(LONGEST_WORD)..at);
        let service = if rank_before { self.sign_ending(at, sign::SERVICE).map(|i| i.start as usize) } else { None };
        if let Some(rank) = service.filter(|&i| near(&self.s.tokens[i]) && self.title_ending(i).is_some_and(|t| self.is_rank(t.0, t.1))) {
            at = rank;
        }
        let mut first = true;
        let mut last = None;
        for _ in 0..CHAIN {
            if at == 0 || self.s.tokens.get(at).is_some_and(|t| t.gap & (gap::LINE | gap::PARAGRAPH) != 0) {
                break;
            }
            let Some((start, end)) = self.title_ending(at) else { break };
            let (outer, former, acting) = self.status_before(start);
            // Behind another person's name and a comma, or in a chain that begins so, titles are that person's.
            let apart = self.s.tokens.get(end).is_some_and(|t| t.kind == Kind::Comma);
            // `国防相にA上将、外相にB`
            let glued = apart && self.s.tokens[outer].kind.is_cjk() && self.person_ending(outer).is_some();
            if glued || (!first || apart) && self.belongs_to_earlier(outer) || self.not_holder(outer) && !self.holds(person, start, end) {
                break;
            }
            let rank_behind = || last.is_some_and(|(start, end)| self.is_rank(start, end));
            if comma && (self.of_another(person, (start, end), outer, rank_behind()) || self.given_to_earlier(outer)) {
                break;
            }
            last = Some((start, end));
            out.push(Bond { person, start, end, former: former || once, acting: acting || stands_in && first, behind: false, counterpart: false });
            first = false;
            at = outer;
            if at == 0 {
                break;
            }
            // `統合幕僚長（航空幕僚長）空将・小暮悠`
            if self.s.tokens[at].kind.is_cjk() && self.s.tokens[at - 1].kind == Kind::Close && !self.s.tokens[at].begins_line() {
                let open = self.over_old_post(person, at, out);
                if open == at {
                    break;
                }
                at = open;
                comma = false;
                continue;
            }
            // `新首相に党中央組織委員長の三好氏を選出した`
            if self.s.tokens[at].kind.is_cjk() && self.is_given(person) {
                let to = self.item_ending(at, m.post_to).map(|i| i.start as usize).filter(|&i| self.title_ending(i).is_some());
                if let Some(to) = to {
                    at = to;
                    comma = false;
                    continue;
                }
            }
            // A separator, and another title before it.
            let sep = &self.s.tokens[at - 1];
            comma = sep.kind == Kind::Comma;
            if matches!(sep.kind, Kind::Comma | Kind::Dash) {
                at -= 1;
            } else if let Some(i) = self.item_ending(at, m.concurrently) {
                at = i.start as usize;
            } else if let Some(i) = self.item_ending(at, m.and) {
                let before = i.start as usize;
                if self.title_ending(before).is_none_or(|t| self.differs(t, (start, end))) {
                    break;
                }
                at = before;
            } else if self.s.tokens[at].gap & gap::MIDDLE_DOT == 0 && !self.s.tokens[at].kind.is_cjk() && self.title_ending(at).is_none() {
                break;
            }
        }
    }

    /// `防衛政策局長（官房長）三好悠介`: behind the new office the old one in brackets; where the new one ends.
    fn over_old_post(&self, person: usize, at: usize, out: &mut Vec<Bond>) -> usize {
        let tokens = self.s.tokens;
        let mut back = (1..=LONGEST_BRACKET.min(at - 1)).map(|b| at - 1 - b).take_while(|&i| !tokens[i + 1].begins_line());
        let Some(open) = back.find(|&i| tokens[i].kind == Kind::Open) else { return at };
        let leaves = self.item_ending(open, self.s.lx.marks.leaves_office).is_some();
        if !leaves && self.title_ending(open).is_none() {
            return at;
        }
        if let Some((start, end)) = self.title_ending(at - 1).filter(|t| t.0 > open) {
            let former = !self.is_rank(start, end);
            out.push(Bond { person, start, end, former, acting: false, behind: false, counterpart: false });
        }
        open
    }

    /// The title that a copula before a token joins to what stands there.
    fn named_by_copula(&self, at: usize) -> Option<(usize, usize)> {
        let m = &self.s.lx.marks;
        let before = at.checked_sub(1).filter(|&i| self.chart().begins(i, m.copula))?;
        let is = self.item_ending(at, m.copula).filter(|i| i.start as usize == before && !self.s.tokens[before].kind.is_cjk())?;
        self.title_ending(is.start as usize).filter(|_| near(&self.s.tokens[is.start as usize]) && !self.english(at))
    }

    /// `を` stands behind a name, over an honorific and a bracket.
    fn is_given(&self, person: usize) -> bool {
        let (m, tokens) = (&self.s.lx.marks, self.s.tokens);
        let end = self.people[person].end;
        let mut at = self.item_at(end, m.honorific_after).map_or(end, |i| i.end as usize);
        if tokens.get(at).is_some_and(|t| t.kind == Kind::Open) {
            at = (at + 1..tokens.len().min(at + LONGEST_BRACKET)).find(|&i| tokens[i].kind == Kind::Close).map_or(at, |i| i + 1);
        }
        self.chart().signs(self.s.lx, at, sign::OBJECT)
    }

    /// Nothing but a bullet or number stands before a token in its line.
    fn opens_line(&self, at: usize) -> bool {
        let t = |i: usize| &self.s.tokens[i];
        t(at).begins_line() || at > 0 && matches!(t(at - 1).kind, Kind::Dash | Kind::Other | Kind::Number) && t(at - 1).begins_line()
    }

    /// Two titles that one person will not hold at once: they name different countries.
    fn differs(&self, a: (usize, usize), b: (usize, usize)) -> bool {
        let country = |t: (usize, usize)| self.chart().laid(t.0, self.s.lx.marks.title).filter(|i| i.end as usize == t.1).map(|i| i.features.country).min();
        match (country(a), country(b)) {
            (Some(x), Some(y)) => x != y && x != lexicon::NONE16 && y != lexicon::NONE16,
            _ => false,
        }
    }

    /// A title of another country than the person's, or than those of his other titles, is not his.
    fn foreign(&self, person: usize, title: (usize, usize), his: &[Bond]) -> bool {
        let lx = self.s.lx;
        let none = crate::lexicon::NONE16;
        let country = |t: (usize, usize)| {
            // Whether no words stand before it that tell of it; whether it may be the word for everybody's office, which says no
            // country, with its field or without; whether it is nothing else.
            let (mut bare, mut word, mut full, mut open, mut named) = (true, false, false, true, none);
            for i in self.title_items(t.0, t.1) {
                let is_word = i.features.country == none && i.features.role != lexicon::NONE16;
                bare &= i.outer == i.start;
                word |= is_word;
                full |= is_word && i.features.portfolio != none;
                open &= is_word || i.strength == Strength::Weak && i.features.entity != lexicon::NONE32;
                if named == none {
                    named = i.features.country;
                }
                if named == none {
                    named = lx.entities.get(i.features.entity as usize).map_or(none, |e| e.country);
                }
            }
            (named != none && !(bare && full) && !(word && open)).then_some(named)
        };
        let Some(theirs) = country(title) else { return false };
        // Words that are his country's office too.
        let mine = self.people[person].readings.first().map_or(none, |&e| lx.entities[e as usize].country);
        let of = |i: &Item| lx.entities.get(i.features.entity as usize).is_some_and(|e| e.country == mine && mine != none);
        if self.title_items(title.0, title.1).any(of) {
            return false;
        }
        let own = self.people[person].readings.first().map(|&e| lx.entities[e as usize].country).filter(|&c| c != none);
        // `Ủy viên Trung ương Đảng`: his country has such an office as well.
        let of = |i: &Item| lx.entities.get(i.features.entity as usize).map_or(none, |e| e.country);
        if own.is_some_and(|c| self.title_items(title.0, title.1).any(|i| of(i) == c)) {
            return false;
        }
        let others = his.iter().filter_map(|b| country((b.start, b.end)));
        own.into_iter().chain(others).any(|c| c != theirs && lx.parties[usize::from(c)].is_country && lx.parties[usize::from(theirs)].is_country)
    }

    /// Whether a chain of titles to the left of `at` hangs on a person's name by a comma.
    fn belongs_to_earlier(&self, mut at: usize) -> bool {
        for _ in 0..CHAIN {
            if at == 0 || self.s.tokens[at - 1].kind != Kind::Comma {
                return false;
            }
            let before = at - 1;
            if self.person_ending(before).is_some() {
                return true;
            }
            match self.title_ending(before) {
                Some((start, _)) => at = self.status_before(start).0,
                None => return false,
            }
        }
        false
    }

    /// `out[from..]` holds what the person has already.
    fn behind(&self, person: usize, taken: &[Option<usize>], from: usize, out: &mut Vec<Bond>) {
        let m = &self.s.lx.marks;
        let tokens = self.s.tokens;
        let p = &self.people[person];
        let mut at = p.end;
        // A reading or other spelling in brackets belongs to the name.
        if tokens.get(at).is_some_and(|t| t.kind == Kind::Open)
            && let Some(close) = (at + 1..tokens.len().min(at + 12)).find(|&i| tokens[i].kind == Kind::Close)
            && self.title_at(at + 1).is_none()
            && self.status_at(at + 1).0 == at + 1
        {
            at = close + 1;
        }
        // `加野氏は…`
        let honorific = tokens.get(at).filter(|t| t.kind.is_cjk()).and_then(|_| self.item_at(at, m.honorific_after));
        if let Some(i) = honorific {
            at = i.end as usize;
            if tokens.get(at).is_none_or(|t| t.kind == Kind::Comma) {
                return;
            }
        }
        let mut former_from_here = false;
        let mut first = true;
        let mut topic = false;
        let replaced = || self.item_ending(self.honorifics_before(p.start), m.succeeds).is_some();
        let links = m.concurrently | m.succeeds | m.former_copula | m.copula | m.takes_office;
        for _ in 0..CHAIN {
            let Some(t) = tokens.get(at) else { break };
            if t.begins_line() {
                break;
            }
            let mut next = at;
            let mut linked = false;
            // Japanese titles follow the name at once; English ones in small letters do (`elected Takaichi prime minister`).
            let small = !t.is_capital() && near(t) && self.english(at) && self.title_at(at).is_some();
            // `三好悠介・NHK解説委員`
            let latin = tokens[p.start].kind.is_cjk() && matches!(t.kind, Kind::Word | Kind::Number) && (t.gap == 0 || t.gap & gap::MIDDLE_DOT != 0);
            let direct = first && (t.kind.is_cjk() || small || latin);
            // `チエン国防次官(上級中将)`
            let bracket = t.kind == Kind::Open && tokens[at - 1].kind.is_cjk();
            if matches!(t.kind, Kind::Comma) || first && matches!(t.kind, Kind::Open | Kind::Dash) || bracket {
                next += 1;
                linked = true;
                if let Some(behind) = self.behind_aside(next) {
                    next = behind;
                }
            }
            let apposition = linked;
            if self.chart().begins(next, links) {
                if let Some(i) = self.item_at(next, m.concurrently) {
                    next = i.end as usize;
                    linked = true;
                } else if self.item_at(next, m.succeeds).is_some() {
                    // `A thay ông B làm …`: the office behind is A's.
                    let Some(office) = self.verb_ahead(next, person) else { break };
                    next = office;
                    former_from_here = false;
                    linked = true;
                } else if let Some(i) = self.word_leading(next, m.former_copula) {
                    next = i.end as usize;
                    former_from_here = true;
                    linked = true;
                } else if self.chart().begins(next, m.copula | m.takes_office) && replaced() {
                    // `A thay ông B làm …`: the office goes to A.
                    break;
                } else if let Some(i) = self.word_leading(next, m.copula) {
                    topic = tokens[next].kind.is_cjk();
                    next = i.end as usize;
                    former_from_here = false;
                    linked = true;
                    // `được bổ nhiệm giữ chức`
                    while let Some(more) = self.word_leading(next, m.copula) {
                        next = more.end as usize;
                    }
                }
            }
            if !first && !linked {
                if let Some(i) = self.item_at(next, m.and) {
                    next = i.end as usize;
                    linked = true;
                } else if t.gap & gap::MIDDLE_DOT != 0 {
                    linked = true;
                }
            }
            if !linked || self.title_at(self.status_at(next).0).is_none() {
                // `ông A, Thứ trưởng …, được Thủ tướng bổ nhiệm giữ chức …`
                if let Some(verb) = self.verb_ahead(at, person) {
                    next = verb;
                    former_from_here = false;
                    linked = true;
                }
            }
            if !linked && !direct {
                break;
            }
            // `小暮氏は、元外務次官として`
            if topic && tokens.get(next).is_some_and(|t| t.kind == Kind::Comma) && self.status_at(next + 1).1 {
                next += 1;
            }
            let (title, former, acting) = self.status_at(next);
            let Some((start, end)) = self.title_at(title) else { break };
            // `小泉氏は外相に伝えた`, and not `小泉氏は外相に就任した`
            let object = topic
                && self.chart().signs(self.s.lx, end, sign::ENDS_PREDICATE)
                && !self.chart().signs(self.s.lx, end, sign::MAKES_PREDICATE)
                && !self.chart().signs(self.s.lx, end, sign::COMES_INTO);
            // `commander of the 4th Military Region's training centre`
            let part = tokens.get(end).is_some_and(|t| t.kind == Kind::Possessive);
            if object || part || apposition && self.opens_clause(person, start, end) {
                break;
            }
            if tokens[start].begins_line() || !direct && self.leads_to_person(end) || self.foreign(person, (start, end), &out[from..]) {
                break;
            }
            if taken[self.titles.partition_point(|t| t.0 < start)].is_none_or(|p| p == person) {
                let then = direct && (self.then_before(p.start) && !self.is_rank(start, end) || self.then_behind(end))
                    || t.kind == Kind::Open && self.old_post(p, at, (start, end), &out[from..]);
                let left = topic && self.closes_career(end);
                out.push(Bond { person, start, end, former: former || former_from_here || then || left, acting, behind: true, counterpart: false });
            }
            first = false;
            at = end;
        }
    }

    /// `, 61 tuổi, quê Nghệ An, nguyên Bộ trưởng …`: behind what a text says of somebody's age and home.
    fn behind_aside(&self, mut at: usize) -> Option<usize> {
        let tokens = self.s.tokens;
        let begun = at;
        for _ in 0..3 {
            let age = tokens.get(at).is_some_and(|t| t.kind == Kind::Number) && tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Comma);
            let aside = age || (at..at + 2).any(|i| self.chart().begins(i, self.s.lx.marks.aside));
            if !aside {
                break;
            }
            let comma = (at..tokens.len().min(at + 9)).take_while(|&i| !tokens[i].begins_line()).find(|&i| tokens[i].kind == Kind::Comma)?;
            at = comma + 1;
        }
        (at > begun).then_some(at)
    }

    /// Where the office begins that a verb ahead gives to this person, with no other person and no end of sentence between.
    fn verb_ahead(&self, at: usize, person: usize) -> Option<usize> {
        let m = &self.s.lx.marks;
        let mut next_person = person + 1;
        let mut verbs = m.takes_office;
        let mut i = at;
        let mut last = at + 14;
        // No office begins behind the last title.
        let end = self.titles.last()?.0;
        loop {
            let from = i;
            // Most sentences have no such verb.
            i = self.chart().among(from..last.min(end), m.succeeds | verbs).next()?;
            let next = self.people.get(next_person).map_or(usize::MAX, |p| p.start);
            if from < i && next < i || self.s.layout.sentence(i) != self.s.layout.sentence(self.people[person].start) {
                return None;
            }
            let named = next <= i;
            if let Some(word) = self.item_at(i, m.succeeds) {
                // `A được bổ nhiệm thay bà B giữ chức …`: whom A replaces stands between.
                let before = self.people.get(next_person).filter(|p| self.honorifics_before(p.start) == word.end as usize)?;
                i = before.end;
                next_person += 1;
                last = i + 2;
                verbs = m.takes_office | m.copula;
                continue;
            }
            if named {
                return None;
            }
            if let Some(verb) = self.word_leading(i, verbs) {
                let office = verb.end as usize;
                return self.title_at(self.status_at(office).0).map(|_| office);
            }
            i += 1;
        }
    }

    /// `… cho đồng chí A, Chủ tịch nước nêu rõ`: the sole holder's title opens the next clause, unless it is known to be this
    /// person's.
    fn opens_clause(&self, person: usize, start: usize, end: usize) -> bool {
        let (s, lx) = (self.s, self.s.lx);
        let items = || s.chart.laid(start, lx.marks.title).filter(|i| i.end as usize == end);
        let alone = items().any(|i| lx.roles.get(usize::from(i.features.role)).is_some_and(|r| r.alone));
        let verb = s.tokens.get(end).is_some_and(|t| t.kind == Kind::Word && !t.is_capital()) && s.chart.begins(end, lx.marks.clause_word);
        if !alone || !verb {
            return false;
        }
        let his = self.people[person]
            .readings
            .iter()
            .flat_map(|&e| lx.tenures_of(e))
            .any(|t| items().any(|i| lx.plays(&lx.entities[t.office as usize], i.features.role)));
        !his
    }

    /// Whether a bracket behind a name holds what somebody was before.
    fn old_post(&self, p: &Person, at: usize, title: (usize, usize), his: &[Bond]) -> bool {
        if self.is_rank(title.0, title.1) {
            return false;
        }
        let leaves = self.item_ending(p.start, self.s.lx.marks.leaves_office).is_some();
        let listed = self.personnel && self.s.tokens[p.start].kind.is_cjk() && his.iter().any(|b| !b.behind && !self.is_rank(b.start, b.end));
        leaves || listed || self.told.former_in_brackets.is_some_and(|from| from < at)
    }

    /// `当時の石破茂首相`
    fn then_before(&self, at: usize) -> bool {
        self.s.tokens[at].kind.is_cjk() && self.item_ending(at, self.s.lx.marks.once_before).is_some()
    }

    /// `森健良外務審議官(当時)`
    fn then_behind(&self, at: usize) -> bool {
        let open = self.s.tokens.get(at).is_some_and(|t| t.kind == Kind::Open);
        open && self.item_at(at + 1, self.s.lx.marks.once_behind).is_some()
    }

    /// Status words from `at` on: where the title behind them begins, former, acting.
    fn status_at(&self, mut at: usize) -> (usize, bool, bool) {
        let m = &self.s.lx.marks;
        let (mut former, mut acting) = (false, false);
        for _ in 0..3 {
            if self.title_at(at).is_some() {
                break;
            }
            let Some(i) = self.item_at(at, m.former | m.acting | m.incoming | m.article) else { break };
            former |= i.symbols & m.former != 0;
            acting |= i.symbols & m.acting != 0;
            at = i.end as usize;
        }
        (at, former, acting)
    }

    /// A name follows right here: the title before it is that person's.
    fn leads_to_person(&self, mut at: usize) -> bool {
        let m = &self.s.lx.marks;
        for _ in 0..3 {
            if self.s.tokens.get(at).is_none_or(|t| t.begins_line()) {
                return false;
            }
            if self.person_at(at).is_some() {
                return true;
            }
            // `国防相にザン上将、外相にソン次官`
            let given = if self.s.tokens[at].kind.is_cjk() { m.post_to } else { 0 };
            let is = self.item_at(at, m.copula).filter(|i| i.end == i.start + 1 && !self.s.tokens[at].kind.is_cjk() && !self.english(at));
            let rank = self.title_at(at).filter(|t| self.is_rank(t.0, t.1)).map(|t| t.1);
            match self.item_at(at, m.honorific | given).or(is).map(|i| i.end as usize).or(rank) {
                Some(end) => at = end,
                None => return false,
            }
        }
        false
    }
}
