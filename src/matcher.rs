//! Finds every name in a text, all overlaps: the `aho-corasick` crate over word numbers.
//!
//! The tokens of a text become a string with one character a token, so that UTF-8 keeps the words apart and the automaton
//! searches it as any other. A hit is then held against what the name asks for: diacritics, capitals, whole words.

use crate::error::Error;
use crate::lexicon::{Atom, Case, Lexicon, Strength, Surface};
use crate::text::fold::{self, fold_word, marks_agree};
use crate::text::tokens::{Kind, Token, Words, gap};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::HashMap;

/// A name in the text: a range of tokens and the surface that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub start: u32,
    pub end: u32,
    pub surface: u32,
    /// It was typed with fewer diacritics than the name has.
    pub bare: bool,
}

/// The automaton, and which surfaces each pattern stands for.
#[derive(Debug)]
pub(crate) struct Matcher {
    automaton: Option<AhoCorasick>,
    /// Number of tokens of each pattern.
    lengths: Vec<u32>,
    /// Surfaces of pattern `p`: `surfaces[firsts[p]..firsts[p + 1]]`.
    firsts: Vec<u32>,
    surfaces: Vec<u32>,
}

/// Buffers of a search.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    coded: String,
    /// Byte in `coded` at which each token begins.
    starts: Vec<u32>,
}

/// The character that stands for a word number. Frequent numbers are small and take one byte.
fn code(number: u32) -> Option<char> {
    // The surrogates are no characters.
    let n = if number >= 0xd800 { number + 0x800 } else { number };
    char::from_u32(n)
}

impl Matcher {
    pub(crate) fn empty() -> Self {
        Matcher { automaton: None, lengths: Vec::new(), firsts: vec![0], surfaces: Vec::new() }
    }

    /// Compiles the surfaces: the coarse numbers of surface `i` are `codes[ends[i - 1]..ends[i]]`.
    pub(crate) fn build(words: &Words, codes: &[u32], ends: &[u32]) -> Result<Self, Error> {
        if code(words.len() as u32 + 1).is_none() {
            return Err(Error::limit(format!("{} distinct words are more than the matcher can number", words.len())));
        }
        let mut index: HashMap<&[u32], u32> = HashMap::with_capacity(ends.len());
        let mut of: Vec<Vec<u32>> = Vec::new();
        let mut patterns: Vec<&[u32]> = Vec::new();
        let mut start = 0;
        for (i, &end) in ends.iter().enumerate() {
            let key = &codes[start as usize..end as usize];
            start = end;
            let p = *index.entry(key).or_insert_with(|| {
                patterns.push(key);
                of.push(Vec::new());
                (patterns.len() - 1) as u32
            });
            of[p as usize].push(i as u32);
        }
        let coded = patterns.iter().map(|p| p.iter().filter_map(|&n| code(n)).collect::<String>());
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(coded)
            .map_err(|e| Error::limit(e.to_string()))?;
        let mut firsts = Vec::with_capacity(of.len() + 1);
        let mut surfaces = Vec::with_capacity(ends.len());
        for list in &of {
            firsts.push(surfaces.len() as u32);
            surfaces.extend(list);
        }
        firsts.push(surfaces.len() as u32);
        Ok(Matcher { automaton: Some(automaton), lengths: patterns.iter().map(|p| p.len() as u32).collect(), firsts, surfaces })
    }

    /// Heap that the automaton takes, in bytes.
    pub(crate) fn memory(&self) -> usize {
        self.automaton.as_ref().map_or(0, AhoCorasick::memory_usage)
    }

    /// Every hit in `tokens`, in the order of their ends.
    pub(crate) fn find(&self, lx: &Lexicon, text: &str, tokens: &[Token], lines: &Lines, buffers: &mut Buffers, out: &mut Vec<Hit>) {
        out.clear();
        let Some(automaton) = &self.automaton else { return };
        buffers.coded.clear();
        buffers.starts.clear();
        for t in tokens {
            buffers.starts.push(buffers.coded.len() as u32);
            buffers.coded.push(code(t.coarse).unwrap_or('\0'));
        }
        let mut end_token = 0usize;
        for m in automaton.find_overlapping_iter(&buffers.coded) {
            while buffers.starts.get(end_token).is_some_and(|&s| (s as usize) < m.end()) {
                end_token += 1;
            }
            let p = m.pattern().as_usize();
            let start = end_token - self.lengths[p] as usize;
            let run = &tokens[start..end_token];
            if !whole(tokens, start, end_token) {
                continue;
            }
            for &s in &self.surfaces[self.firsts[p] as usize..self.firsts[p + 1] as usize] {
                let surface = &lx.surfaces[s as usize];
                let bare_line = lines.bare(start);
                // Without diacritics a single small word may be any of many.
                let small = bare_line && run.len() == 1 && !run[0].is_capital() && !run[0].kind.is_cjk() && run[0].kind == Kind::Word;
                let joint = matches!(surface.atom, Atom::Word(w) if lx.marks.joints >> w & 1 == 1);
                if small && !joint {
                    continue;
                }
                if let Some(bare) = agrees(lx, text, run, surface, bare_line && (run.len() >= 2 || joint)) {
                    if fits(surface, run) {
                        out.push(Hit { start: start as u32, end: end_token as u32, surface: s, bare });
                    }
                }
            }
        }
    }
}

/// Whether the run stands apart from its neighbours and is not torn by a line.
fn whole(tokens: &[Token], start: usize, end: usize) -> bool {
    let run = &tokens[start..end];
    if run[1..].iter().any(Token::begins_line) || run[0].gap & gap::GLUED != 0 {
        return false;
    }
    if let Some(next) = tokens.get(end) {
        if next.gap & gap::GLUED != 0 {
            return false;
        }
        // `Ca-na-da-oa` holds no `Ca-na-da`.
        if next.kind == Kind::Dash && next.gap == 0 && run.iter().any(|t| t.kind == Kind::Dash && t.gap == 0) {
            if tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Word && t.gap == 0 && !t.is_capital()) {
                return false;
            }
        }
        // A run of katakana is one word.
        let last = &run[run.len() - 1];
        if last.kind == Kind::Katakana && next.kind == Kind::Katakana && next.gap & !gap::KANA_MARK == 0 {
            return false;
        }
    }
    if start > 0 && run[0].kind == Kind::Katakana && tokens[start - 1].kind == Kind::Katakana && run[0].gap & !gap::KANA_MARK == 0 {
        return false;
    }
    true
}

/// Whether what was typed agrees with the name: `Some(true)` where marks are missing that may be.
fn agrees(lx: &Lexicon, text: &str, run: &[Token], surface: &Surface, bare_line: bool) -> Option<bool> {
    let mut bare = false;
    for (t, &(fine, _)) in run.iter().zip(&surface.words) {
        if t.fine == fine {
            continue;
        }
        if t.kind.is_cjk() {
            // Sizes of kana may differ in full names only.
            if !(surface.loose && run.len() >= 4) {
                return None;
            }
            continue;
        }
        bare = true;
        if t.flags & fold::MARKED != 0 {
            let typed = fold_word(text.get(t.start as usize..t.end as usize)?);
            if !marks_agree(&typed.fine, lx.words.spelling(fine)) {
                return None;
            }
        }
    }
    if !bare {
        return Some(false);
    }
    (bare_line || surface.loose && run.len() >= 2).then_some(true)
}

/// Whether the capitals are those that the name asks for.
fn fits(surface: &Surface, run: &[Token]) -> bool {
    let cased = |f: u8| f & fold::CASED != 0;
    let capital = |f: u8| f & fold::CAPITAL != 0;
    match surface.case {
        Case::Any => true,
        Case::Exact => run.iter().zip(&surface.words).all(|(t, &(_, f))| {
            let mask = fold::CAPITAL | fold::UPPER | fold::INNER;
            t.flags & mask == f & mask
        }),
        Case::Name => run.iter().zip(&surface.words).all(|(t, &(_, f))| !capital(f) || capital(t.flags)),
        Case::Proper => {
            // Where only the first word has a capital, it is no ornament.
            let free = usize::from(surface.words[1..].iter().any(|&(_, f)| capital(f)));
            run.iter().zip(&surface.words).skip(free).all(|(t, &(_, f))| !capital(f) || capital(t.flags))
        }
        Case::Some => !surface.words.iter().any(|&(_, f)| capital(f)) || run.iter().any(|t| capital(t.flags) || !cased(t.flags) && t.kind.is_cjk()),
    }
}

/// Takes out hits that a blocking phrase covers: `Chủ nhật` is no Japan.
pub(crate) fn block(lx: &Lexicon, hits: &mut Vec<Hit>) {
    if !hits.iter().any(|h| lx.surfaces[h.surface as usize].strength == Strength::Never) {
        return;
    }
    let owner = |h: &Hit| match lx.surfaces[h.surface as usize].atom {
        Atom::Entity(e) | Atom::Short(e) => e,
        Atom::Nationality(p) | Atom::Compound(p) => lx.parties[usize::from(p)].entity,
        _ => u32::MAX,
    };
    let blocks: Vec<(u32, u32, u32)> =
        hits.iter().filter(|h| lx.surfaces[h.surface as usize].strength == Strength::Never).map(|h| (h.start, h.end, owner(h))).collect();
    hits.retain(|h| {
        if lx.surfaces[h.surface as usize].strength == Strength::Never {
            return false;
        }
        // Blocks come in the order of their ends, and names are short: look at those that end from here on.
        let first = blocks.partition_point(|b| b.1 < h.end);
        !blocks[first..].iter().take_while(|b| b.1 <= h.end + 64).any(|b| b.0 <= h.start && b.1 >= h.end && b.2 == owner(h))
    });
}

/// What whole lines are like: capitals all through, or Vietnamese without diacritics.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// First token of each line, with its traits.
    lines: Vec<(u32, u8)>,
}

const UPPER_LINE: u8 = 1;
const BARE_LINE: u8 = 2;

impl Lines {
    /// Looks at the lines of a text.
    pub(crate) fn read(&mut self, tokens: &[Token]) {
        self.lines.clear();
        let mut start = 0;
        while start < tokens.len() {
            let end = (start + 1..tokens.len()).find(|&i| tokens[i].begins_line()).unwrap_or(tokens.len());
            let words = || tokens[start..end].iter().filter(|t| t.kind == Kind::Word);
            let count = words().count();
            let mut traits = 0;
            let cased = words().filter(|t| t.flags & fold::CASED != 0).count();
            if cased >= 3 && words().filter(|t| t.flags & fold::CASED != 0).all(|t| t.flags & fold::UPPER != 0) {
                traits |= UPPER_LINE;
            }
            let syllables = words().filter(|t| t.flags & fold::SYLLABLE != 0).count();
            if count >= 4 && syllables * 5 >= count * 4 && !words().any(|t| t.flags & fold::VIETNAMESE_MARK != 0) {
                traits |= BARE_LINE;
            }
            self.lines.push((start as u32, traits));
            start = end;
        }
    }

    fn traits(&self, token: usize) -> u8 {
        let i = self.lines.partition_point(|l| l.0 as usize <= token);
        i.checked_sub(1).map_or(0, |i| self.lines[i].1)
    }

    /// The line of this token has Vietnamese words and no diacritics.
    pub(crate) fn bare(&self, token: usize) -> bool {
        self.traits(token) & BARE_LINE != 0
    }

    /// The line of this token is in capitals.
    pub(crate) fn upper(&self, token: usize) -> bool {
        self.traits(token) & UPPER_LINE != 0
    }
}
