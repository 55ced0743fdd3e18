//! The front door: the only room that sees every stage.

use crate::compose::chart::{self, Chart, Sheet, sign};
use crate::compose::{bodies, endings, english, fields, people, posts};
use crate::document::Document;
use crate::error::{Error, Finding};
use crate::gazetteer::Gazetteer;
#[cfg(feature = "builtin")]
use crate::gazetteer::builtin;
use crate::gazetteer::places::Places;
use crate::input::Input;
use crate::kind::Kind;
use crate::lexicon::interest::heads;
use crate::lexicon::office::Memo;
use crate::lexicon::{self, Lexicon};
use crate::matcher::Search;
use crate::matcher::checks::{block, mend};
use crate::resolve::{Desk, Options, resolve};
use crate::text::cut::tokenize;
use crate::text::layout::Layout;
use crate::text::lines::Lines;
use crate::text::mask::Mask;
use crate::text::memory::Memory;
use crate::text::tokens::Tokens;
use crate::text::words::Reading;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Texts are read up to here; offsets are 32 bits wide inside.
const LONGEST_TEXT: usize = u32::MAX as usize - 16;
/// Texts that a batch takes at a time for each thread, and their bytes on average.
#[cfg(feature = "rayon")]
const BATCH: usize = 256;
#[cfg(feature = "rayon")]
const BATCH_BYTES: usize = 1 << 15;
/// Texts of a batch that a thread takes at once. Few: their lengths differ, and nobody should wait long for who took the last.
#[cfg(feature = "rayon")]
const AT_ONCE: usize = 2;
/// Scratches that wait for the next call.
const POOL: usize = 16;
/// Buffers stay for the next text if this one had no more bytes. They grow with the text and with nothing else, so that this bounds all
/// of them, whatever was read: `tests/memory.rs` holds what stays against the figure that [`Worker`] gives.
const KEPT_TEXT: usize = 1 << 17;
/// A worker keeps those of texts of up to so many bytes too, since a system takes half as long to hand out the memory for a dense text
/// as reading it takes.
const LONG_TEXT: usize = 1 << 21;
/// They go behind the first text that is no longer than [`KEPT_TEXT`], or has this part of the longest one's bytes or less.
const MUCH_LESS: usize = 4;

/// Finds the entities of texts. Immutable, `Send + Sync`, cheap to clone.
///
/// ```
/// # #[cfg(feature = "builtin")] {
/// use thucthe::{Extractor, Kind};
///
/// let document = Extractor::builtin().extract("Thứ trưởng Bộ Quốc phòng Hoàng Xuân Chiến tiếp Đại sứ Nhật Bản.");
/// let persons: Vec<&str> = document.entities().iter().filter(|e| e.kind() == Kind::Person).map(|e| e.id()).collect();
/// assert_eq!(persons, ["person:hoang-xuan-chien"]);
/// # }
/// ```
#[derive(Clone)]
pub struct Extractor {
    inner: Arc<Inner>,
}

struct Inner {
    lexicon: Lexicon,
    options: Options,
    /// Buffers between calls: a call takes one and puts it back. What is in them never changes an answer.
    pool: Mutex<Vec<Scratch>>,
}

/// Everything that a call fills and the next can use again.
#[derive(Default)]
struct Scratch {
    memory: Memory,
    front: Vec<Mask>,
    tokens: Tokens,
    layout: Layout,
    lines: Lines,
    search: Search,
    sheet: Sheet,
    bodies: bodies::Found,
    notes: people::Notes,
    memo: Memo,
    desk: Desk,
    /// Bytes of the longest text that buffers are kept for.
    longest: usize,
}

impl Scratch {
    /// A text of so many bytes was read, and who knows when the next one is: what a long one took is freed.
    fn rest(&mut self, bytes: usize) {
        if bytes > KEPT_TEXT {
            self.shrink();
        }
    }

    /// The same where others like it may follow: it is freed as soon as a short one was read.
    fn go_on(&mut self, bytes: usize) {
        self.longest = self.longest.max(bytes);
        let short = bytes <= KEPT_TEXT.max(self.longest / MUCH_LESS);
        if self.longest > KEPT_TEXT && short || self.longest > LONG_TEXT {
            self.shrink();
        }
    }

    /// What is left is bounded by itself: the table of words, and names that were composed.
    #[cold]
    #[inline(never)]
    fn shrink(&mut self) {
        let Scratch { mut memory, memo, .. } = std::mem::take(self);
        memory.shrink();
        *self = Scratch { memory, memo, ..Scratch::default() };
    }
}

impl fmt::Debug for Extractor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extractor").field("entities", &self.inner.lexicon.entities.len()).field("surfaces", &self.inner.lexicon.surfaces.len()).finish()
    }
}

impl Extractor {
    /// The extractor over the gazetteers that come with this crate; built once, on first use.
    ///
    /// ```
    /// let extractor = thucthe::Extractor::builtin();
    /// assert!(extractor.extract("").mentions().is_empty());
    /// ```
    #[cfg(feature = "builtin")]
    #[must_use]
    pub fn builtin() -> Extractor {
        static BUILTIN: once_cell::sync::Lazy<Extractor> = once_cell::sync::Lazy::new(|| {
            let built = Extractor::builder().build();
            debug_assert!(built.is_ok(), "{built:?}");
            // The tests build it; an empty extractor marks nothing, which shows at once.
            built.unwrap_or_else(|_| Extractor::empty())
        });
        BUILTIN.clone()
    }

    /// An extractor of your own making.
    ///
    /// ```
    /// use thucthe::{Extractor, Gazetteer};
    /// let own = Gazetteer::from_toml("own.toml", "[[place]]\nid = \"place:atlantis\"\nname = { en = \"Atlantis\" }")?;
    /// let extractor = Extractor::builder().no_builtin().gazetteer(own).build()?;
    /// assert_eq!(extractor.extract("To Atlantis!").mentions().len(), 1);
    /// # Ok::<(), thucthe::Error>(())
    /// ```
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder { builtin: cfg!(feature = "builtin"), own: Vec::new(), kinds: Kind::ALL.to_vec(), explain: false }
    }

    #[cfg(feature = "builtin")]
    fn empty() -> Extractor {
        let lexicon = lexicon::build(&Gazetteer::default());
        match lexicon {
            Ok(l) => Extractor::of(l, Options::new(false, &[])),
            // What fails a build is something that a gazetteer says, and this one says nothing; the tests build it.
            Err(e) => unreachable!("an empty gazetteer builds: {e}"),
        }
    }

    fn of(lexicon: Lexicon, options: Options) -> Extractor {
        Extractor { inner: Arc::new(Inner { lexicon, options, pool: Mutex::new(Vec::new()) }) }
    }

    /// Finds the entities of a text. It never fails and never panics, whatever the text.
    ///
    /// Text beyond 4 GB is not read.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")] {
    /// use thucthe::{Extractor, Input};
    /// let input = Input::new("Cố vấn Bộ Quốc phòng Kano Koji").date("2025-12-04".parse().unwrap());
    /// let document = Extractor::builtin().extract(input);
    /// assert_eq!(document.entities()[0].name(thucthe::Language::Ja), Some("防衛審議官"));
    /// # }
    /// ```
    #[must_use]
    pub fn extract<'t>(&self, input: impl Into<Input<'t>>) -> Document<'t> {
        let input = input.into();
        let mut scratch = self.inner.pool.lock().ok().and_then(|mut p| p.pop()).unwrap_or_default();
        let document = self.run(&input, &mut scratch, |_| {});
        scratch.rest(document.text().len());
        if let Ok(mut pool) = self.inner.pool.lock()
            && pool.len() < POOL
        {
            pool.push(scratch);
        }
        document
    }

    /// Finds the entities of many texts on all threads of the current `rayon` pool, in the order of the texts.
    ///
    /// Texts are taken as results are asked for, so many at a time that every thread has enough to do: what is held at once
    /// does not grow with the number of texts.
    ///
    /// ```
    /// let extractor = thucthe::Extractor::builtin();
    /// let texts = ["Bộ Quốc phòng Nhật Bản", "防衛省", "Japan"];
    /// for (text, document) in texts.iter().zip(extractor.extract_batch(texts)) {
    ///     assert_eq!(document.text(), *text);
    /// }
    /// ```
    #[cfg(feature = "rayon")]
    pub fn extract_batch<'t, I>(&self, inputs: I) -> impl Iterator<Item = Document<'t>>
    where
        I: IntoIterator<Item: Into<Input<'t>>>,
    {
        use rayon::prelude::*;
        let mut inputs = inputs.into_iter().map(Into::into);
        let mut done = Vec::new().into_iter();
        std::iter::from_fn(move || {
            if let Some(document) = done.next() {
                return Some(document);
            }
            let most = BATCH * rayon::current_num_threads();
            let (mut batch, mut bytes): (Vec<Input<'t>>, usize) = (Vec::new(), 0);
            while batch.len() < most && bytes < most * BATCH_BYTES {
                let Some(input) = inputs.next() else { break };
                bytes += input.text.len();
                batch.push(input);
            }
            done = batch.into_par_iter().with_max_len(AT_ONCE).map(|input| self.extract(input)).collect::<Vec<Document<'t>>>().into_iter();
            done.next()
        })
    }

    /// A worker for many texts on one thread: it keeps its buffers and the words that it has met.
    ///
    /// ```
    /// let mut worker = thucthe::Extractor::builtin().worker();
    /// for text in ["Bộ Quốc phòng Nhật Bản", "防衛省"] {
    ///     let document = worker.extract(text);
    /// #   #[cfg(feature = "builtin")]
    ///     assert_eq!(document.entities()[0].id(), "ministry:jp-defence");
    /// }
    /// ```
    #[must_use]
    pub fn worker(&self) -> Worker {
        Worker { extractor: self.clone(), scratch: Scratch::default() }
    }

    /// Tokens, and every name that stands in them. `done` is called behind each stage. Gives the text as far as it is read.
    fn find<'t>(&self, text: &'t str, x: &mut Scratch, mut done: impl FnMut(Stage)) -> &'t str {
        let lx = &self.inner.lexicon;
        let mut end = text.len().min(LONGEST_TEXT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        tokenize(text, &mut Reading(&lx.words, &mut x.memory), &mut x.front, &mut x.tokens, &mut x.lines);
        x.layout.read(&x.tokens, &x.lines);
        done(Stage::Tokens);
        let found = lx.matcher.find(lx, text, &mut x.tokens, &x.lines, x.layout.marked(), &mut x.search);
        if found.torn {
            mend(lx, &x.tokens, &mut x.search.hits);
        }
        if found.blocks {
            block(lx, &mut x.search.hits);
        }
        done(Stage::Match);
        text
    }

    /// `done` is called behind each stage.
    fn run<'t>(&self, input: &Input<'t>, x: &mut Scratch, mut done: impl FnMut(Stage)) -> Document<'t> {
        let lx = &self.inner.lexicon;
        let text = self.find(input.text, x, &mut done);
        let mut chart = Chart::over(lx, &x.tokens, &mut x.sheet);
        chart::lay(lx, &x.tokens, &x.search.hits, &mut chart);
        let (tokens, lines, marked, m) = (&x.tokens, &x.lines, x.layout.marked(), &lx.marks);
        // Most texts have nothing that most of these begin with: that is asked here, so that none is called in vain.
        chart::run(lx, tokens, &mut chart, |makes, chart| {
            if makes == m.ministry {
                if chart.has_english(english::wide(m)) {
                    english::wide_fields(lx, tokens, chart);
                }
            } else if makes == m.title {
                bodies::discover(lx, tokens, lines, marked, chart, &mut x.bodies);
                if chart.has(heads(m)) {
                    endings::discover(lx, tokens, lines, chart);
                }
                fields::discover(lx, tokens, chart);
                if chart.has(m.ministry | m.ministry_word) {
                    fields::ministries_in_a_row(lx, tokens, chart);
                    fields::wide_ministries(lx, tokens, chart);
                }
                if chart.has_sign(sign::PLACE_TAIL) {
                    posts::places(lx, tokens, chart);
                }
                if chart.has(m.office_tail) {
                    posts::discover(lx, tokens, chart);
                }
                if chart.has_english(m.organization) {
                    english::bodies_abroad(lx, tokens, chart);
                }
            } else if makes == m.sides {
                if chart.has(m.helper) {
                    fields::helpers(lx, tokens, chart);
                }
                if chart.has_sign(sign::IN_CHARGE) {
                    fields::in_charge(lx, tokens, chart);
                }
                fields::shared_fields(lx, tokens, chart);
                if chart.has(m.government_of) {
                    fields::governments(lx, tokens, lines, chart);
                }
                if chart.has_english(english::roles(m)) {
                    english::discover(lx, tokens, lines, chart);
                }
                if chart.has_sign(sign::FIELD_HOLDER) {
                    posts::in_charge(lx, tokens, chart);
                }
            }
        });
        let sight =
            people::Sight { lx, text, tokens: &x.tokens, chart: &chart, lines: &x.lines, layout: &x.layout, memo: &x.memo, english: x.lines.any_english() };
        let found = people::find(&sight, &mut x.notes);
        done(Stage::Compose);
        let document = resolve(&sight, found, input, &self.inner.options, &mut x.desk);
        chart.leave(&mut x.sheet);
        done(Stage::Resolve);
        document
    }

    /// What the examples in a gazetteer's records say against this extractor: each must contain its own record.
    ///
    /// ```
    /// use thucthe::{Extractor, Gazetteer};
    /// let own = Gazetteer::from_toml("own.toml", r#"
    ///     [[place]]
    ///     id = "place:atlantis"
    ///     name = { en = "Atlantis" }
    ///     example = "They sailed to Atlantys."
    /// "#)?;
    /// let extractor = Extractor::builder().no_builtin().gazetteer(own.clone()).build()?;
    /// assert_eq!(extractor.verify(&own)[0].code, "G014");
    /// # Ok::<(), thucthe::Error>(())
    /// ```
    #[must_use]
    pub fn verify(&self, gazetteer: &Gazetteer) -> Vec<Finding> {
        let (mut out, places) = (Vec::new(), Places::new(gazetteer));
        for r in &gazetteer.records {
            let Some(example) = &r.example else { continue };
            let document = self.extract(&**example);
            if !document.entities().iter().any(|e| *e.id() == *r.id) {
                let found: Vec<&str> = document.entities().iter().map(|e| e.id()).collect();
                let found = if found.is_empty() { "nothing is found there".to_string() } else { format!("found are {}", found.join(", ")) };
                let message = format!("the example of `{}` does not contain it; {found}", r.id);
                out.push(places.finding(r.at, ("example", ""), "G014", message, "mend the example, or add the form that it has".into()));
            }
        }
        out
    }

    /// An extractor of a gazetteer that brings its own grammar, with nothing behind it.
    pub(crate) fn whole(g: &Gazetteer) -> Result<Extractor, Error> {
        Ok(Extractor::of(lexicon::build(g)?, Options::new(false, &[])))
    }

    /// Heap that the compiled names take, in bytes: the largest part of an extractor. What the names stand for is not in it.
    #[must_use]
    pub fn names_bytes(&self) -> usize {
        self.inner.lexicon.names_bytes()
    }
}

/// The stages of a call, in their order.
#[derive(Clone, Copy)]
enum Stage {
    Tokens,
    Match,
    Compose,
    Resolve,
}

/// Extracts text by text with buffers of its own, see [`Extractor::worker`]. What it has read before changes no answer.
///
/// [`Extractor::extract`] takes its buffers from a pool and is as good where texts are no longer than news; a worker never waits for
/// one, keeps those of long texts, and frees what it holds when it is dropped.
///
/// Between two texts it holds the words that it has met, names that it has composed, and buffers for a text of 128 kB. That is 8 MB
/// where texts are like news, and less than 128 MB whatever it has read. Behind a text of up to 2 MB it holds the buffers for that one,
/// some 50 bytes a byte of dense prose and 640 at most, so that long texts in a row are read without asking the system for memory; they
/// are freed as soon as a text of 128 kB or of a quarter of its length was read. What a text of more than 2 MB takes is freed when its
/// call ends. The pool of [`Extractor::extract`] holds 128 kB's for each thread that calls at a time, for 16 of them at most.
pub struct Worker {
    extractor: Extractor,
    scratch: Scratch,
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").field("extractor", &self.extractor).finish_non_exhaustive()
    }
}

impl Worker {
    /// Finds the entities of a text, as [`Extractor::extract`] does.
    #[must_use]
    pub fn extract<'t>(&mut self, input: impl Into<Input<'t>>) -> Document<'t> {
        let document = self.extractor.run(&input.into(), &mut self.scratch, |_| {});
        self.scratch.go_on(document.text().len());
        document
    }

    /// The same, with the time that tokens, matching, composing and resolving took, for benches.
    #[doc(hidden)]
    #[must_use]
    pub fn timed<'t>(&mut self, input: impl Into<Input<'t>>) -> (Document<'t>, [Duration; 4]) {
        let (mut times, mut last) = ([Duration::ZERO; 4], Instant::now());
        let lap = |s| {
            let now = Instant::now();
            times[s as usize] = now - last;
            last = now;
        };
        let document = self.extractor.run(&input.into(), &mut self.scratch, lap);
        self.scratch.go_on(document.text().len());
        (document, times)
    }

    /// Tokens and matching alone, for benches: how many names stand in a text, those that overlap and those of the grammar too.
    #[doc(hidden)]
    pub fn matched(&mut self, text: &str) -> usize {
        self.extractor.find(text, &mut self.scratch, |_| {});
        self.scratch.search.hits.len()
    }

    /// Forgets every word that it has read, for benches.
    #[doc(hidden)]
    pub fn forget(&mut self) {
        self.scratch.memory = Memory::default();
    }
}

/// Settings of an [`Extractor`].
#[derive(Debug)]
#[must_use = "nothing is built before `build`"]
pub struct ExtractorBuilder {
    builtin: bool,
    own: Vec<Gazetteer>,
    kinds: Vec<Kind>,
    explain: bool,
}

impl ExtractorBuilder {
    /// Adds a gazetteer behind those given before it.
    pub fn gazetteer(mut self, gazetteer: Gazetteer) -> Self {
        self.own.push(gazetteer);
        self
    }

    /// Leaves the gazetteers of this crate out, but for their grammar: rules, word classes, roles and fields.
    pub fn no_builtin(mut self) -> Self {
        self.builtin = false;
        self
    }

    /// Keeps mentions of these kinds only.
    pub fn kinds(mut self, kinds: &[Kind]) -> Self {
        self.kinds = kinds.to_vec();
        self
    }

    /// Fills in [`Mention::evidence`](crate::Mention::evidence).
    pub fn explain(mut self, explain: bool) -> Self {
        self.explain = explain;
        self
    }

    /// Compiles the gazetteers.
    ///
    /// # Errors
    /// What is wrong with the gazetteers together, or too large.
    pub fn build(self) -> Result<Extractor, Error> {
        let options = Options::new(self.explain, &self.kinds);
        // The embedded gazetteers are compiled already, as long as nothing else comes in.
        #[cfg(feature = "builtin")]
        if self.builtin && self.own.is_empty() {
            return Ok(Extractor::of(builtin::lexicon(), options));
        }
        let mut all = base(self.builtin);
        for g in self.own {
            all.merge(g)?;
        }
        Ok(Extractor::of(lexicon::build(&all)?, options))
    }
}

#[cfg(feature = "builtin")]
fn base(records: bool) -> Gazetteer {
    if records { builtin::read_all() } else { builtin::read_grammar() }
}

#[cfg(not(feature = "builtin"))]
fn base(_: bool) -> Gazetteer {
    Gazetteer::default()
}

#[cfg(all(test, feature = "builtin"))]
mod memories;

#[cfg(test)]
mod tests {
    use super::*;

    /// Operations show in what the stages leave behind and in how often they look at the chart: so many a token and no more, and
    /// twice a text is twice the work.
    #[cfg(feature = "builtin")]
    #[test]
    fn work_is_bounded_by_the_text() {
        /// Of a token, in the worst text found.
        const HITS: usize = 24;
        const ITEMS: usize = 48;
        const LOOKS: usize = 192;
        let work = |text: &str| {
            let mut worker = Extractor::builtin().worker();
            let _ = worker.extract(text);
            let x = &worker.scratch;
            let [tokens, hits, items, looks] = [x.tokens.len(), x.search.hits.len(), x.sheet.items(), x.sheet.looks()];
            let few = tokens <= text.len() && hits <= HITS * tokens && items <= ITEMS * tokens && looks <= LOOKS * tokens;
            assert!(few, "{tokens} tokens, {hits} hits, {items} items, {looks} looks: {text:.40}");
            [tokens, hits, items, looks]
        };
        for piece in [
            "Thứ trưởng Bộ Quốc phòng ",
            "Thứ trưởng Thứ trưởng, ",
            "thu truong bo quoc phong viet nam ",
            "THỨ TRƯỞNG ",
            "Việt Nam - Nhật Bản - ",
            "Minister of Foreign Affairs and Minister of ",
            "Deputy Prime Minister and ",
            "防衛審議官",
            "日越防衛政策対話",
            "駐日ベトナム大使",
            "Đối thoại 2+2 cấp Thứ trưởng Ngoại giao và Quốc phòng ",
            "ông Nguyễn Văn An và ông An, ",
            "OSA ",
            ",",
            "2+2 ",
            "và ",
            "The Ministry of Defence thanked Japan and China. ",
            "FBI Director James Brown, analyst at Harvard, said ",
            "Minister of Defence Kano Koji met his counterpart. ",
            "ông An từng làm Thứ trưởng Bộ Quốc phòng, Bộ trưởng Bộ Ngoại giao, ",
            "Bộ trưởng Bộ Quốc phòng Nhật Bản và người đồng cấp ",
            "hai Bộ trưởng Quốc phòng Phan Văn Giang và Nakatani Gen, ",
            "加野幸司防衛審議官は在ベトナム大使を経て外務次官、",
            "Đại sứ Nhật Bản tại Việt Nam và Đại sứ ",
            "đoàn Nhật Bản và phía Việt Nam, hai bên ",
            "Đối thoại Chính sách quốc phòng lần thứ 11, Đối thoại ",
            "Brandal-",
            "ông Putin nói rằng Putin-Putin-Putin-Putin-Putin-Putin-Putin-Putin-Putin-Putin-Putin-Putin-",
            "大使中国",
            "the Japanese ambassador and ",
            "Cơ quan Tình báo Mỹ (CIA), ",
            "Lực lượng Dân chủ Mỹ (NATO), ",
            "所長岸田",
            "外相に就任したのは、加野幸司・",
        ] {
            let (once, twice) = (work(&piece.repeat(500)), work(&piece.repeat(1_000)));
            for (a, b) in once.iter().zip(twice) {
                assert!(b <= 2 * a + a / 100 + 64, "{a} and {b}: {piece}");
            }
        }
    }

    #[cfg(all(feature = "rayon", feature = "builtin"))]
    #[test]
    fn a_batch_keeps_its_order_and_takes_only_what_it_needs() {
        use std::cell::Cell;
        let texts: Vec<String> = (0..5_000).map(|n| format!("Bộ Quốc phòng số {n}")).collect();
        let taken = Cell::new(0);
        let x = Extractor::builtin();
        let mut batch = x.extract_batch(texts.iter().inspect(|_| taken.set(taken.get() + 1)).map(String::as_str));
        assert_eq!(batch.next().map(|d| d.text().to_string()), texts.first().cloned());
        assert!(taken.get() <= BATCH * rayon::current_num_threads(), "{} texts for the first result", taken.get());
        assert!(batch.zip(&texts[1..]).all(|(d, t)| d.text() == t && d.mentions().len() == 1));
        assert_eq!(taken.get(), texts.len());
    }

    /// A worker uses the room of documents that are gone again, and of no other.
    #[cfg(feature = "builtin")]
    #[test]
    fn documents_that_are_kept_stay_as_they_are() {
        let told = |d: &Document<'_>| {
            let mentions: Vec<String> = d.mentions().iter().map(|m| format!("{:?} {}", m.span(), d.entity_of(m).id())).collect();
            let entities: Vec<String> = d.entities().iter().map(|e| format!("{} {:?}", e.id(), e.mentions())).collect();
            format!("{mentions:?} {entities:?}")
        };
        let texts = ["Ông Nguyễn Văn Xuyên gặp bà Trần Thị Yên.", "Bộ Quốc phòng Nhật Bản", "Không có ai.", "Ông Lê Văn Zung và ông Lê Văn Zung", "防衛省"];
        let fresh = texts.map(|text| told(&Extractor::builtin().worker().extract(text)));
        let mut worker = Extractor::builtin().worker();
        let mut kept = Vec::new();
        for round in 0..4 {
            for (n, text) in texts.iter().enumerate() {
                let document = worker.extract(*text);
                assert_eq!(told(&document), fresh[n]);
                if (n + round) % 2 == 0 {
                    kept.push((n, document));
                }
            }
        }
        assert!(kept.iter().all(|(n, document)| told(document) == fresh[*n]));
    }

    #[test]
    fn is_shared_between_threads() {
        fn check<T: Send + Sync + Clone>() {}
        check::<Extractor>();
    }
}
