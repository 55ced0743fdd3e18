//! What names ask of the text where they stand: whole words, capitals, diacritics.

use super::{Hit, torn};
use crate::kind::Kind as EntityKind;
use crate::lexicon::{Atom, Case, Lexicon, Sort, Spelled, Strength, Surface};
use crate::text::fold::{self, fold_word, marks_agree};
use crate::text::tokens::{Kind, Token, gap};

/// Kana that are looked at before a country for a dot.
const LONGEST_KANA: usize = 24;

/// Whether a name may stand inside a run of katakana, see [`mend`]: a country's, one that goes on in kanji, a short form.
pub(super) fn may_tear(lx: &Lexicon, surface: &Surface, run: &[Token]) -> bool {
    match surface.atom {
        Atom::Entity(e) => lx.entities.get(e as usize).is_some_and(|e| e.sort == Sort::Country) || run.last().is_some_and(|t| t.kind == Kind::Kanji),
        Atom::Short(_) => true,
        _ => false,
    }
}

/// What holds around most names, which is not all that can: a run that begins with this token and ends before the other stands
/// apart from its neighbours, and no run of katakana is torn. Its words are of one line.
#[inline]
pub(crate) fn is_apart(first: &Token, behind: &Token) -> bool {
    let open = |t: &Token| t.gap & gap::GLUED == 0 && t.kind != Kind::Katakana;
    open(first) && open(behind) && behind.kind != Kind::Dash
}

/// Nothing where the run does not stand apart from its neighbours or is torn by a line; else where it tears a run of katakana.
pub(super) fn torn_by(tokens: &[Token], start: usize, end: usize) -> Option<u8> {
    let run = &tokens[start..end];
    if run[1..].iter().any(Token::begins_line)
        || run[0].gap & gap::GLUED != 0 && !(run.len() == 1 && tokens[start - 1].kind == Kind::Number && !run[0].is_capital())
    {
        return None;
    }
    let mut bits = 0;
    if let Some(next) = tokens.get(end) {
        if next.gap & gap::GLUED != 0 {
            return None;
        }
        // `Ca-na-da-oa` holds no `Ca-na-da`.
        let hyphenated = next.kind == Kind::Dash && next.gap == 0 && run.iter().any(|t| t.kind == Kind::Dash && t.gap == 0);
        if hyphenated && tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Word && t.gap == 0 && !t.is_capital()) {
            return None;
        }
        // A run of katakana is one word.
        let last = &run[run.len() - 1];
        if last.kind == Kind::Katakana && next.kind == Kind::Katakana && next.gap & !gap::KANA_MARK == 0 {
            bits |= torn::END;
        }
    }
    if start > 0 && run[0].kind == Kind::Katakana && tokens[start - 1].kind == Kind::Katakana && run[0].gap & !gap::KANA_MARK == 0 {
        bits |= torn::START;
    }
    Some(bits)
}

/// Whether a name of several words that asks for its spelling stands at a token.
pub(crate) fn stands(lx: &Lexicon, surface: &Surface, tokens: &[Token], start: usize) -> bool {
    let (words, end) = (lx.words_of(surface), start + surface.len());
    let Some(run) = tokens.get(start..end) else { return false };
    run.iter().zip(words).all(|(t, w)| t.fine == w.fine()) && torn_by(tokens, start, end) == Some(0) && fits_surface(surface, words, run)
}

/// Whether the words of a name have no marks where the text has some.
pub(super) fn plain(lx: &Lexicon, surface: &Surface, run: &[Token]) -> bool {
    run.iter().zip(lx.words_of(surface)).all(|(t, w)| t.fine == w.fine() || t.flags & fold::VIETNAMESE_MARK != 0 && w.flags() & fold::MARKED == 0)
}

/// Keeps the countries that stand inside a run of katakana where the rest of it is a name with dots before them
/// (`フン・クアン・タインベトナム国防相`) or another country (`在フィリピンベトナム大使館`); drops the others.
pub(crate) fn mend(lx: &Lexicon, tokens: &[Token], hits: &mut Vec<Hit>) {
    let kana = |i: usize| tokens[i].kind == Kind::Katakana && tokens[i].gap & !(gap::KANA_MARK | gap::MIDDLE_DOT) == 0;
    // Where the run of katakana before a hit begins, and whether it has dots.
    let before = |h: &Hit| {
        let mut i = h.start as usize;
        let mut dots = false;
        while i > 0 && h.start as usize - i < LONGEST_KANA && kana(i) && tokens[i - 1].kind == Kind::Katakana {
            dots |= tokens[i].gap & gap::MIDDLE_DOT != 0;
            i -= 1;
        }
        (i, dots)
    };
    let kanji = |i: usize| tokens.get(i).is_some_and(|t| t.kind == Kind::Kanji);
    // Hits come by their starts.
    let from = |start: usize| &hits[hits.partition_point(|h| (h.start as usize) < start)..];
    let office = |h: &Hit| {
        let title =
            |s: &Surface| matches!(s.atom, Atom::Role(..)) || matches!(s.atom, Atom::Entity(e) if lx.entities[e as usize].data.kind == EntityKind::Title);
        from(h.end as usize).iter().take_while(|x| x.start == h.end).any(|x| title(&lx.surfaces[x.surface as usize]))
    };
    // Few are torn: the others are passed over once.
    let torn: Vec<usize> = hits.iter().enumerate().filter(|(_, h)| h.torn != 0).map(|(n, _)| n).collect();
    let each = || torn.iter().map(|&n| &hits[n]);
    let mut ends: Vec<u32> = Vec::with_capacity(torn.len());
    ends.extend(each().filter(|h| h.torn == torn::END && is_country(lx, h)).map(|h| h.end));
    ends.sort_unstable();
    // `シャナハン長官` is not the ハン of a list.
    let short = |h: &Hit| matches!(lx.surfaces[h.surface as usize].atom, Atom::Short(_));
    let stand = |h: &Hit| {
        h.torn == torn::START && (kanji(h.end as usize - 1) || kanji(h.end as usize)) && {
            let (begin, dots) = before(h);
            (!short(h) || dots || ends.binary_search(&h.start).is_ok())
                && (dots || office(h) && !from(begin).iter().take_while(|x| x.start < h.start).any(|x| x.torn == 0 && x.end >= h.end))
        }
    };
    let stands: Vec<bool> = each().map(stand).collect();
    let mut starts: Vec<u32> = Vec::with_capacity(torn.len());
    starts.extend(each().zip(&stands).filter(|(h, s)| **s || h.torn == torn::START && is_country(lx, h)).map(|(h, _)| h.start));
    let stays = |h: &Hit, stands: bool| match h.torn {
        torn::START => stands || is_country(lx, h) && ends.binary_search(&h.start).is_ok(),
        torn::END => starts.binary_search(&h.end).is_ok(),
        _ => false,
    };
    let mut gone: Vec<usize> = Vec::with_capacity(torn.len());
    gone.extend(torn.iter().zip(&stands).filter(|&(&n, &stands)| !stays(&hits[n], stands)).map(|(&n, _)| n));
    take_out(hits, &gone);
}

/// Takes some hits out, by their ascending numbers. Those between move up together: few go.
fn take_out(hits: &mut Vec<Hit>, gone: &[usize]) {
    let mut kept = gone.first().copied().unwrap_or(hits.len());
    for (n, &one) in gone.iter().enumerate() {
        let next = gone.get(n + 1).copied().unwrap_or(hits.len());
        hits.copy_within(one + 1..next, kept);
        kept += next - one - 1;
    }
    hits.truncate(kept);
}

fn is_country(lx: &Lexicon, h: &Hit) -> bool {
    matches!(lx.surfaces[h.surface as usize].atom, Atom::Entity(e) if lx.entities.get(e as usize).is_some_and(|e| e.sort == Sort::Country))
}

/// Whether what was typed agrees with the name: `Some(true)` where marks are missing that may be.
pub(super) fn agrees(lx: &Lexicon, text: &str, run: &[Token], surface: &Surface, may_lack: bool, toned_line: impl Fn() -> bool) -> Option<bool> {
    let may_lack = may_lack || surface.is_loose() && run.len() >= 2;
    let mut bare = false;
    for (t, w) in run.iter().zip(lx.words_of(surface)) {
        if t.fine == w.fine() {
            continue;
        }
        if t.kind.is_cjk() {
            // Sizes of kana may differ in full names only.
            if !(surface.is_loose() && run.len() >= 4) {
                return None;
            }
            continue;
        }
        if !may_lack {
            return None;
        }
        bare = true;
        if t.flags & fold::MARKED != 0 {
            // `Tân Cương` is not Tần Cương where all other words have their tones.
            if toned_line() {
                return None;
            }
            let typed = fold_word(text.get(t.start as usize..t.end as usize)?);
            if !marks_agree(&typed.fine, lx.words.spelling(w.fine())) {
                return None;
            }
        }
    }
    Some(bare)
}

/// Whether the capitals are those that a surface asks for.
pub(super) fn fits_surface(surface: &Surface, words: &[Spelled], run: &[Token]) -> bool {
    // A weak name in capitals is also a word: `MOST`.
    let plain = |word: &Spelled| word.flags() & !run[0].flags & fold::UPPER != 0;
    !matches!((words, surface.strength), ([word], Strength::Weak) if plain(word)) && fits(surface.case(), words, run)
}

/// Whether the capitals are those that names of this case ask for.
#[inline]
pub(super) fn fits(case: Case, words: &[Spelled], run: &[Token]) -> bool {
    let capital = |w: &Spelled| w.flags() & fold::CAPITAL != 0;
    let capitals = |words: &[Spelled], run: &[Token]| run.iter().zip(words).all(|(t, w)| !capital(w) || t.is_capital());
    match case {
        Case::Any => true,
        Case::Exact => run.iter().zip(words).all(|(t, w)| (t.flags ^ w.flags()) & (fold::CAPITAL | fold::UPPER | fold::INNER) == 0),
        Case::Name => capitals(words, run),
        Case::Proper => {
            // Where only the first word has a capital, it is no ornament.
            let free = usize::from(words.iter().skip(1).any(capital));
            capitals(&words[free..], &run[free..])
        }
        Case::Some => !words.iter().any(capital) || run.iter().any(|t| t.is_capital() || t.flags & fold::CASED == 0 && t.kind.is_cjk()),
    }
}

/// Takes out hits that a blocking phrase covers: `Chủ nhật` is no Japan.
pub(crate) fn block(lx: &Lexicon, hits: &mut Vec<Hit>) {
    let owner = |h: &Hit| match lx.surfaces[h.surface as usize].atom {
        Atom::Entity(e) | Atom::Short(e) => e,
        Atom::Nationality(p) | Atom::Compound(p) => lx.parties[usize::from(p)].entity,
        _ => u32::MAX,
    };
    let mut out: Vec<usize> = Vec::new();
    for (i, b) in hits.iter().enumerate().filter(|(_, h)| h.blocks) {
        // Hits come by their starts.
        let from = hits[..i].partition_point(|h| h.start < b.start);
        let begins_inside = (from..).zip(&hits[from..]).take_while(|(_, h)| h.start < b.end);
        out.extend(begins_inside.filter(|&(n, h)| n == i || h.end <= b.end && owner(h) == owner(b)).map(|(n, _)| n));
    }
    out.sort_unstable();
    out.dedup();
    take_out(hits, &out);
}
