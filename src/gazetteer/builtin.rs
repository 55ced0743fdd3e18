//! The gazetteers of this repository, embedded: read, compiled and packed by the build script, see [`crate::pack`].

use super::Gazetteer;
use super::pack::Rest;
use crate::lexicon::{EntityInfo, Lexicon, Names};
use crate::pack::{self, Pack, Unread};
use std::sync::OnceLock;

/// A file that the build script wrote.
macro_rules! embedded {
    ($include:ident, $name:literal) => {
        $include!(concat!(env!("OUT_DIR"), "/", $name))
    };
}

/// Numbers, squeezed, and the texts that go with them.
struct Part {
    numbers: &'static [u8],
    text: &'static str,
}

const ENTITIES: Part = Part { numbers: embedded!(include_bytes, "entities.bin"), text: embedded!(include_str, "entities.txt") };
const LEXICON: Part = Part { numbers: embedded!(include_bytes, "lexicon.bin"), text: embedded!(include_str, "lexicon.txt") };
const NAMES: &[u8] = embedded!(include_bytes, "names.bin");
const RECORDS: &[u8] = embedded!(include_bytes, "records.bin");
/// The texts of the records. Only who adds lists asks for them, so that they are squeezed too.
const RECORDS_TEXT: &[u8] = embedded!(include_bytes, "records.txt");

/// The build script wrote what is taken here, so that no fault can reach a user. What is empty marks nothing, which shows at
/// once.
fn sound<T: Default>(value: Option<T>) -> T {
    debug_assert!(value.is_some(), "the embedded gazetteers do not unpack");
    value.unwrap_or_default()
}

impl Part {
    fn read<T: Pack>(&self, room: &mut Vec<u8>) -> Option<T> {
        pack::read(Unread { numbers: pack::open_in(self.numbers, room)?, text: self.text })
    }
}

/// The texts of the records, opened once a program, so that they can be borrowed.
fn records_text() -> &'static str {
    static OPEN: OnceLock<String> = OnceLock::new();
    OPEN.get_or_init(|| sound(pack::open(RECORDS_TEXT).and_then(|t| String::from_utf8(t).ok())))
}

/// The embedded gazetteers. Without records they are a grammar: rules, word classes, roles and fields.
fn gazetteer(with_records: bool) -> Option<Gazetteer> {
    let numbers = pack::open(RECORDS)?;
    let mut from = Unread { numbers: &numbers, text: records_text() };
    let mut g = Gazetteer::take(&mut from)?;
    if with_records {
        let (entities, rests) = (ENTITIES.read::<Vec<EntityInfo>>(&mut Vec::new())?, pack::read::<Vec<Rest>>(from)?);
        // Behind the entities of records are those that they speak of.
        g.records = rests.into_iter().zip(entities).map(|(r, e)| r.join(&e.data, e.at)).collect();
    }
    Some(g)
}

/// The embedded records with all their names.
pub(crate) fn read_all() -> Gazetteer {
    sound(gazetteer(true))
}

/// What the embedded gazetteers have beside records.
pub(crate) fn read_grammar() -> Gazetteer {
    sound(gazetteer(false))
}

/// The embedded gazetteers, compiled.
pub(crate) fn lexicon() -> Lexicon {
    let read = || {
        let mut room = Vec::new();
        let mut lx = LEXICON.read::<Lexicon>(&mut room)?;
        lx.entities = ENTITIES.read(&mut room)?;
        lx.set_names(Names::take(NAMES, &mut room)?);
        lx.index();
        Some(lx)
    };
    sound(read())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{self, Spelled};
    use crate::pack::{Written, squeeze, write};

    fn same(part: &Part, fresh: &Written) -> bool {
        part.text == fresh.text && part.numbers == squeeze(&fresh.numbers)
    }

    #[test]
    fn what_was_packed_comes_back() {
        let g = read_all();
        assert!(g.records.len() > 1000 && !g.rules.is_empty() && !g.words.is_empty());
        assert_eq!(read_grammar().rules.len(), g.rules.len());
        let mut fresh = write(&g);
        g.records.iter().map(Rest::of).collect::<Vec<_>>().put(&mut fresh);
        assert!(fresh.text == records_text() && squeeze(&fresh.numbers) == RECORDS);
        let lx = lexicon();
        assert!(same(&LEXICON, &write(&lx)));
        assert!(same(&ENTITIES, &write(&lx.entities)));
        assert!(NAMES == Names::put(&lx));
    }

    #[test]
    fn what_is_packed_is_what_the_records_compile_to() {
        let (fresh, packed) = (lexicon::build(&read_all()).unwrap(), lexicon());
        assert!(same(&LEXICON, &write(&fresh)) && same(&ENTITIES, &write(&fresh.entities)) && NAMES == Names::put(&fresh));
        assert_eq!(fresh.surfaces.len(), packed.surfaces.len());
        // Bytes that hold too little would hold the same too little twice.
        let same = fresh.surfaces == packed.surfaces;
        assert!(same);
        let word = |l: &Lexicon, w: Spelled| (l.words.spelling(w.fine()).to_string(), l.words.coarse(w.fine()), w.flags());
        let spelled = |l: &Lexicon| l.surfaces.iter().flat_map(|s| l.words_of(s)).map(|&w| word(l, w)).collect::<Vec<_>>();
        assert_eq!(spelled(&fresh), spelled(&packed));
    }

    #[test]
    fn damage_is_noticed() {
        let open = |bytes: &[u8]| pack::open(bytes).unwrap();
        for part in [ENTITIES, LEXICON] {
            let (numbers, text) = (open(part.numbers), part.text);
            let read = |numbers: &[u8], text: &'static str| {
                let from = Unread { numbers, text };
                pack::read::<Lexicon>(from).is_some() || pack::read::<Vec<EntityInfo>>(from).is_some()
            };
            assert!(read(&numbers, text));
            assert!(!read(&numbers[..numbers.len() - 1], text));
            assert!(!read(&[&numbers[..], &[0]].concat(), text));
            assert!(!read(&numbers, &text[1..]));
            assert!(pack::open(&part.numbers[..part.numbers.len() - 1]).is_none());
        }
        assert!(Names::take(NAMES, &mut Vec::new()).is_some());
        for damaged in [&NAMES[1..], &NAMES[..NAMES.len() - 1], &[NAMES, &[0]].concat()] {
            assert!(Names::take(damaged, &mut Vec::new()).is_none());
        }
    }
}
