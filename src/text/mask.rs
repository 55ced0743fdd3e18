//! Stretches of the text that are no prose: addresses, markup, file names, keys of a front matter.
//!
//! They are sought at signs, in one pass, linear whatever the text. Alt texts, link texts and front-matter values are prose.

/// How a masked stretch parts the words on its two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parting {
    /// Not at all: inline markup.
    None,
    /// As a space does.
    Space,
    /// As a line break does.
    Line,
}

/// A stretch without prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mask {
    pub start: u32,
    pub end: u32,
    pub parting: Parting,
}

/// Tags that stand inside a line.
fn is_inline_tag(name: &[u8]) -> bool {
    matches!(
        name.to_ascii_lowercase().as_slice(),
        b"b" | b"i" | b"u" | b"a" | b"em" | b"strong" | b"span" | b"font" | b"mark" | b"sup" | b"sub" | b"small" | b"abbr" | b"cite" | b"q" | b"s"
    )
}

/// Whether a mask can begin or end at a byte, by the byte behind it: most colons and full stops stand before a space, and no address
/// does.
fn is_sign(c: u8, next: u8) -> bool {
    match c {
        b'<' | b'@' => true,
        b':' => next > b' ',
        b']' => next == b'(',
        b'&' => next >= b'#',
        b'.' => next >= b'0',
        _ => false,
    }
}

/// Bytes at which a mask can begin or end.
pub(crate) const SIGNS: [u8; 6] = *b"<:]@&.";

/// What earlier signs have found out about the text behind them, so that no stretch is searched again for each.
#[derive(Default)]
struct Known {
    comment: Sought,
    script: Sought,
    style: Sought,
    target: Sought,
    /// The last chain of parts glued by dots, from its first dot to its end.
    chain: (usize, usize),
}

/// Something that is sought forward, from places that ascend.
#[derive(Default)]
struct Sought {
    /// It is not at or behind the first of these places and before the second.
    none: (usize, usize),
}

impl Sought {
    /// The first place of `first..stop` where it is.
    fn find(&mut self, first: usize, stop: usize, is: impl Fn(usize) -> bool) -> Option<usize> {
        let from = if (self.none.0..=self.none.1).contains(&first) { self.none.1 } else { first };
        let found = (from..stop).find(|&p| is(p));
        self.none = (first, found.unwrap_or(stop).max(from));
        found
    }
}

/// Looks for the masks of a text, from its beginning on.
pub(crate) struct Search<'t> {
    text: &'t str,
    known: Known,
    /// Where the last mask ends.
    end: usize,
}

impl<'t> Search<'t> {
    /// Collects the masks of a front matter.
    pub(crate) fn begin(text: &'t str, front: &mut Vec<Mask>) -> Search<'t> {
        front.clear();
        let end = front_matter(text, front);
        Search { text, known: Known::default(), end }
    }

    /// The mask that begins or ends at one of [`SIGNS`], if there is one that goes beyond the last. They are asked in their order, and
    /// none inside a mask.
    pub(crate) fn at(&mut self, i: usize) -> Option<Mask> {
        let (b, known) = (self.text.as_bytes(), &mut self.known);
        let sign = b.get(i).filter(|&&c| is_sign(c, b.get(i + 1).copied().unwrap_or(0)))?;
        let found = match sign {
            b'<' => tag(b, i, known),
            b':' => scheme(self.text, i),
            b']' => link_target(b, i, known),
            b'@' => mail(b, i),
            b'.' => dotted(b, i, known),
            b'&' => entity(b, i),
            _ => None,
        };
        let m = found.filter(|m| m.end as usize > self.end)?;
        let last = std::mem::replace(&mut self.end, m.end as usize);
        // One that begins inside the last only makes that one longer.
        let begins = m.start as usize >= last;
        Some(if begins { m } else { Mask { start: last as u32, end: m.end, parting: Parting::None } })
    }

    /// What an image shows is prose inside its mask.
    pub(crate) fn prose(&self, m: Mask) -> Option<(u32, u32)> {
        alt_text(self.text.as_bytes(), m)
    }

    /// All masks, in order and apart from each other.
    #[cfg(test)]
    pub(crate) fn all(text: &'t str) -> Vec<Mask> {
        let mut out = Vec::new();
        let mut search = Search::begin(text, &mut out);
        for i in search.end..text.len() {
            if i >= search.end
                && let Some(m) = search.at(i)
            {
                match search.prose(m) {
                    Some((start, end)) => out.extend([Mask { end: start, ..m }, Mask { start: end, ..m }]),
                    None => out.push(m),
                }
            }
        }
        out
    }
}

fn mask(start: usize, end: usize, parting: Parting) -> Option<Mask> {
    Some(Mask { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()?, parting })
}

/// A front matter between two `---` lines: keys are masked, and values that are machine words.
fn front_matter(text: &str, out: &mut Vec<Mask>) -> usize {
    let lead = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).len();
    let rest = &text[lead..];
    let Some(after) = rest.strip_prefix("---").filter(|r| r.starts_with(['\n', '\r'])) else {
        return 0;
    };
    let mut at = text.len() - after.len();
    let mut found = Vec::new();
    for line in after.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let body = line.trim_end();
        if body == "---" || body == "..." {
            out.extend(mask(lead, lead + 3, Parting::Line));
            out.extend(found);
            out.extend(mask(start, start + body.len(), Parting::Line));
            return end;
        }
        if start - lead > 16_384 {
            break;
        }
        if let Some(colon) = body.find(':').filter(|&c| body[..c].bytes().all(|b| b.is_ascii_alphanumeric() || b"_- ".contains(&b))) {
            let value = body[colon + 1..].trim().trim_matches(['"', '\'']);
            let machine = !value.contains(' ') && value.bytes().any(|b| b"/-_.".contains(&b)) || value.is_empty();
            let stop = if machine { start + body.len() } else { start + colon + 1 };
            found.extend(mask(start, stop, Parting::Line));
        }
    }
    0
}

/// `<b>`, `</p>`, `<img …>`, `<!-- … -->`; a stray `<` is none.
fn tag(b: &[u8], i: usize, known: &mut Known) -> Option<Mask> {
    let rest = &b[i + 1..];
    if rest.starts_with(b"!--") {
        let stop = b.len().min(i + 1 + LONGEST_COMMENT).saturating_sub(2);
        let close = known.comment.find(i + 1, stop, |p| b[p..].starts_with(b"-->"))?;
        return mask(i, close + 3, Parting::Space);
    }
    let name_at = usize::from(rest.first() == Some(&b'/'));
    let name_len = rest.get(name_at..)?.iter().take_while(|c| c.is_ascii_alphanumeric()).count();
    if name_len == 0 || !rest[name_at].is_ascii_alphabetic() {
        return None;
    }
    let window = &rest[..rest.len().min(4_096)];
    let close = window.iter().position(|&c| c == b'>' || c == b'<')?;
    if window[close] != b'>' {
        return None;
    }
    let name = &rest[name_at..name_at + name_len];
    if name_at == 0 && (name.eq_ignore_ascii_case(b"script") || name.eq_ignore_ascii_case(b"style")) {
        // What stands inside is no prose either.
        let end = b.len().min(i + 1 + LONGEST_SCRIPT);
        let sought = if name_len == b"style".len() { &mut known.style } else { &mut known.script };
        let closes = |p: usize| b[p..].starts_with(b"</") && b[p + 2..p + 2 + name_len].eq_ignore_ascii_case(name);
        if let Some(stop) = sought.find(i + 1, end.saturating_sub(name_len + 1), closes) {
            let end = b[stop..end].iter().position(|&c| c == b'>').map_or(end, |p| stop + p + 1);
            return mask(i, end, Parting::Line);
        }
    }
    let parting = if is_inline_tag(name) { Parting::None } else { Parting::Line };
    mask(i, i + 1 + close + 1, parting)
}

/// The value of `alt="…"` in a masked tag.
fn alt_text(b: &[u8], m: Mask) -> Option<(u32, u32)> {
    let tag = b.get(m.start as usize..m.end as usize).filter(|t| t.starts_with(b"<"))?;
    let at = tag.windows(5).position(|w| w[..4].eq_ignore_ascii_case(b"alt=") && matches!(w[4], b'"' | b'\''))? + 5;
    let quote = tag[at - 1];
    let len = tag[at..].iter().position(|&c| c == quote)?;
    (len > 0).then(|| (m.start + at as u32, m.start + (at + len) as u32))
}

fn is_address_byte(c: u8) -> bool {
    !(c <= b' ' || matches!(c, b'"' | b'<' | b'>' | b')' | b']' | b'}' | b'\'' | b'`' | 0x7f))
}

/// End of an address that runs on from `i`: at a space, a bracket or quote, or a full-width sign.
fn address_end(text: &str, i: usize) -> usize {
    let mut end = i;
    for (at, c) in text[i..].char_indices() {
        let stop = if c.is_ascii() {
            !is_address_byte(c as u8)
        } else {
            c.is_whitespace() || ('\u{2e80}'..='\u{ffef}').contains(&c) || matches!(c, '“' | '”' | '‘' | '’' | '…')
        };
        if stop {
            break;
        }
        end = i + at + c.len_utf8();
    }
    let b = text.as_bytes();
    while end > i && matches!(b[end - 1], b'.' | b',' | b';' | b':' | b'!' | b'?') {
        end -= 1;
    }
    end
}

/// `https://…`, `data:image/…`, `mailto:…`.
fn scheme(text: &str, i: usize) -> Option<Mask> {
    let b = text.as_bytes();
    let start = i - b[..i].iter().rev().take(16).take_while(|c| c.is_ascii_alphanumeric()).count();
    let word = &b[start..i];
    let slashes = b[i..].starts_with(b"://");
    let opaque = (word.eq_ignore_ascii_case(b"data") && b[i + 1..].iter().take(12).any(|&c| c == b'/') && b.get(i + 1).is_some_and(u8::is_ascii_alphabetic))
        || word.eq_ignore_ascii_case(b"mailto");
    if word.is_empty() || !(slashes || opaque) {
        return None;
    }
    mask(start, address_end(text, i), Parting::Space)
}

/// Bytes of a link target, a comment, and what stands in a script at most.
const LONGEST_TARGET: usize = 8_192;
const LONGEST_COMMENT: usize = 100_000;
const LONGEST_SCRIPT: usize = 1 << 20;

/// `](target)` behind a link text or alt text.
fn link_target(b: &[u8], i: usize, known: &mut Known) -> Option<Mask> {
    if b.get(i + 1) != Some(&b'(') {
        return None;
    }
    let close = known.target.find(i + 2, b.len().min(i + 2 + LONGEST_TARGET), |p| matches!(b[p], b')' | b'\n'))?;
    (b[close] == b')').then(|| mask(i, close + 1, Parting::Line)).flatten()
}

fn mail(b: &[u8], i: usize) -> Option<Mask> {
    let part = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'_' | b'-' | b'+');
    let before = b[..i].iter().rev().take(64).take_while(|c| part(c)).count();
    let after = b[i + 1..].iter().take(255).take_while(|c| part(c)).count();
    if before == 0 || after == 0 || !b[i + 1..i + 1 + after].contains(&b'.') {
        return None;
    }
    mask(i - before, i + 1 + after, Parting::Space)
}

/// `vnexpress.net`, `www.mod.go.jp/en/`, `photo-1.webp`: lower-case ASCII parts glued by dots.
fn dotted(b: &[u8], i: usize, known: &mut Known) -> Option<Mask> {
    if let Some(m) = file_name(b, i) {
        return Some(m);
    }
    let part = |c: &u8| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'-' | b'_');
    let before = b[..i].iter().rev().take(64).take_while(|c| part(c)).count();
    let start = i - before;
    if before < 2 || start > 0 && (b[start - 1] >= 0x80 || b[start - 1].is_ascii_alphanumeric()) {
        return None;
    }
    // A chain ends where it ends, from whichever of its dots it is read.
    let inside = (known.chain.0..known.chain.1).contains(&i);
    let mut end = if inside { known.chain.1 } else { i };
    while !inside && b.get(end) == Some(&b'.') {
        let len = b[end + 1..].iter().take(64).take_while(|c| part(c)).count();
        if len < 2 {
            break;
        }
        end += 1 + len;
    }
    if !inside {
        known.chain = (i, end);
    }
    let last = b[..end].iter().rev().take_while(|&&c| c != b'.').count();
    let letters = b[end.saturating_sub(last)..end].iter().any(u8::is_ascii_lowercase) && b[start..i].iter().any(u8::is_ascii_lowercase);
    if end == i || !letters || b.get(end).is_some_and(|&c| c >= 0x80 || c.is_ascii_alphanumeric()) {
        return None;
    }
    if b.get(end) == Some(&b'/') {
        end += b[end..].iter().take(2_048).take_while(|&&c| is_address_byte(c) && c < 0x80).count();
    }
    mask(start, end, Parting::Space)
}

/// `ASEAN-OSA.pdf`, `Nhật_Bản.docx`: a stem with a hyphen or underscore and a short ending in small letters.
fn file_name(b: &[u8], i: usize) -> Option<Mask> {
    let ending = b[i + 1..].iter().take(5).take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit()).count();
    let closed = b.get(i + 1 + ending).is_none_or(|&c| c < 0x80 && !c.is_ascii_alphanumeric());
    let letters = b[i + 1..i + 1 + ending].iter().any(u8::is_ascii_lowercase);
    let stem = b[..i].iter().rev().take(96).take_while(|&&c| c >= 0x80 || c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_')).count();
    let start = i - stem;
    let joined = b[start..i].iter().any(|c| matches!(c, b'-' | b'_'));
    ((3..=4).contains(&ending) && closed && letters && stem >= 3 && joined && b[start].is_ascii_alphanumeric() | (b[start] >= 0xc0))
        .then(|| mask(start, i + 1 + ending, Parting::Space))
        .flatten()
}

/// `&nbsp;` is a space; other entities stay what they are: the tokens know `&amp;`.
fn entity(b: &[u8], i: usize) -> Option<Mask> {
    let rest = &b[i..];
    for (name, parting) in [
        (&b"&nbsp;"[..], Parting::Space),
        (b"&#160;", Parting::Space),
        (b"&#xa0;", Parting::Space),
        (b"&quot;", Parting::Space),
        (b"&ldquo;", Parting::Space),
        (b"&rdquo;", Parting::Space),
        (b"&lsquo;", Parting::Space),
        (b"&rsquo;", Parting::Space),
        (b"&shy;", Parting::None),
        (b"&zwnj;", Parting::None),
    ] {
        if rest.starts_with(name) {
            return mask(i, i + name.len(), parting);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn what_is_sought_is_found_as_if_each_search_were_the_first_and_no_byte_is_asked_for_each() {
        let n = 20_000;
        for marks in [vec![], vec![5, 9_000, 9_001, 19_999], (0..n).step_by(700).collect()] {
            let (mut sought, asked) = (Sought::default(), Cell::new(0));
            for first in (0..n).step_by(3) {
                let stop = n.min(first + 8_192);
                let found = sought.find(first, stop, |p| {
                    asked.set(asked.get() + 1);
                    marks.contains(&p)
                });
                assert_eq!(found, (first..stop).find(|p| marks.contains(p)), "{first}");
            }
            assert!(asked.get() <= 2 * n, "{} for {n}", asked.get());
        }
    }

    #[test]
    fn chains_of_dots_are_read_once_and_end_alike() {
        for text in ["ab.cd.ef", "11.22.33 ab.cd", "ab.cd.ef\u{111} x.vn", "a.bc.de.f", "mod.go.jp/en ab.c", "10.20.vn"] {
            let (mut once, b) = (Known::default(), text.as_bytes());
            for i in (0..b.len()).filter(|&i| b[i] == b'.') {
                assert_eq!(dotted(b, i, &mut once), dotted(b, i, &mut Known::default()), "{text} at {i}");
            }
        }
    }

    fn visible(text: &str) -> String {
        let out = Search::all(text);
        let (mut s, mut at) = (String::new(), 0);
        for m in &out {
            s.push_str(&text[at..m.start as usize]);
            s.push('|');
            at = m.end as usize;
        }
        s + &text[at..]
    }

    #[test]
    fn what_is_no_prose() {
        for (text, want) in [
            ("xem https://a.vn/x?y=1. Hết", "xem |. Hết"),
            ("![Ảnh Tokyo](https://a.b/c.jpg) x", "![Ảnh Tokyo| x"),
            ("<p>Bộ <b>Quốc</b> phòng</p>", "|Bộ |Quốc| phòng|"),
            ("a < b và c > d", "a < b và c > d"),
            ("<img src=\"/x.jpg\" alt=\"Tô Lâm\" class=\"c\">", "|Tô Lâm|"),
            ("theo vnexpress.net/thoi-su hôm nay", "theo | hôm nay"),
            ("thư a.b@mod.go.jp nhé", "thư | nhé"),
            ("hết.Nay 2.0 và U.S. thôi", "hết.Nay 2.0 và U.S. thôi"),
            ("data:image/png;base64,AAAA) x", "|) x"),
            ("Bộ&nbsp;trưởng", "Bộ|trưởng"),
            ("<style>.ASEAN{}</style><p>x</p>", "||x|"),
            ("Tệp ASEAN-OSA.pdf và Nhật_Bản.docx.", "Tệp | và |."),
            ("---\ntitle: \"Đối thoại\"\nslug: \"doi-thoai\"\n---\nHết", "|\n| \"Đối thoại\"\n|\n|\nHết"),
            ("---\nkhông phải", "---\nkhông phải"),
        ] {
            assert_eq!(visible(text), want, "{text}");
        }
    }
}
