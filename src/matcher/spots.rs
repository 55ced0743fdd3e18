//! Where names may begin, for many tokens at once: what is found here is followed one by one.

use super::{HEAD, Matcher, Name};
use crate::text::bits::ones;
use crate::text::marked::Row;
use crate::text::tokens::Token;
use std::ops::Range;

/// Tokens that are looked at together.
const BLOCK: usize = 64;
/// Tokens among which all places are found before any is looked at: the list of them does not grow with the text.
/// In tests two blocks, so that names stand where parts meet.
pub(super) const PART: usize = if cfg!(test) { 2 * BLOCK } else { 64 * BLOCK };
/// Room behind the tokens: a block that begins with the last of them, and those that this can begin a head with and stand apart from.
pub(super) const PADDING: usize = BLOCK + HEAD;

/// Where names may begin.
#[derive(Default)]
pub(super) struct Spots {
    /// Names of one word.
    pub alone: Places,
    /// Longer ones: first where two words may be a head, then where they are one.
    pub longer: Places,
    /// The numbers of these heads.
    pub heads: Vec<u32>,
    /// The steps to the words behind each of them, from 1; 0 where no name goes on with it.
    pub tails: Vec<u32>,
    /// Words behind heads: a step further behind all those that are as far.
    pub steps: Vec<Step>,
    /// Where there may be one behind heads or steps, by their places, and what stands where it is sought first.
    sought: Vec<(u32, u32)>,
}

/// A word with which names go on, where it stands in the text.
#[derive(Clone, Copy)]
pub(super) struct Step {
    /// What it is in the trie.
    pub node: u32,
    /// Its token.
    pub at: u32,
    /// The step behind it, from 1; 0 where there is none.
    pub next: u32,
}

/// A list of tokens in a buffer with room for all of a block behind them.
#[derive(Default)]
pub(super) struct Places {
    list: Vec<u32>,
    count: usize,
}

impl Places {
    /// The tokens.
    pub(super) fn tokens(&self) -> &[u32] {
        &self.list[..self.count]
    }

    /// An empty list with room for those of so many blocks.
    fn begin(&mut self, blocks: usize) {
        self.count = 0;
        self.list.resize(self.list.len().max(blocks * BLOCK), 0);
    }

    /// Where those of the next block go.
    #[inline]
    fn room(&mut self) -> Option<&mut [u32; BLOCK]> {
        self.list.get_mut(self.count..)?.first_chunk_mut()
    }
}

/// Writes the tokens of a block that are set; how many. Two are written at a time, whether there are so many or not: how many there are
/// nobody could guess.
#[inline]
fn write(block: usize, mut bits: u64, room: &mut [u32; BLOCK]) -> usize {
    let mut count = 0;
    loop {
        for _ in 0..2 {
            room[count % BLOCK] = block as u32 + bits.trailing_zeros();
            count += usize::from(bits != 0);
            bits &= bits.wrapping_sub(1);
        }
        if bits == 0 {
            return count;
        }
    }
}

impl Matcher {
    /// Where names may begin, by what each word can be or begin and by which pairs can begin a name. No processor could guess these, so
    /// that there is no branch. Pairs are asked before any name is followed, as the answers come from far apart in memory.
    #[inline(never)]
    pub(super) fn spots(&self, tokens: Range<usize>, name: &Name<'_>, spots: &mut Spots) {
        let blocks = tokens.start / BLOCK..tokens.end.div_ceil(BLOCK);
        spots.alone.begin(blocks.len());
        spots.longer.begin(blocks.len());
        for (n, row) in blocks.clone().zip(&name.marked.rows[blocks]) {
            let from = n * BLOCK;
            let (Some(block), Some(singles), Some(pairs)) = (name.padded[from..].first_chunk(), spots.alone.room(), spots.longer.room()) else { break };
            let within = u64::MAX << tokens.start.saturating_sub(from) & u64::MAX >> BLOCK.saturating_sub(tokens.end - from);
            let &Row { alone, strict, loose } = row;
            let mut count = 0;
            for at in ones(0, strict & within) {
                pairs[count % BLOCK] = (from + at) as u32;
                count += usize::from(self.strict.may_hold(block[at].fine, block[at + 1].fine));
            }
            if loose & within != 0 {
                count = self.loose(block, (from, loose & within), count, pairs);
            }
            spots.alone.count += write(from, alone & within, singles);
            spots.longer.count += count;
        }
    }

    /// Adds those of a block where names may begin that can be typed without diacritics.
    #[inline(never)]
    fn loose(&self, block: &[Token; BLOCK + 1], (from, loose): (usize, u64), count: usize, room: &mut [u32; BLOCK]) -> usize {
        let strict = room[..count].iter().fold(0, |all, &at| all | 1 << (at as usize - from));
        let holds = |at: &usize| self.loose.may_hold(block[*at].coarse, block[at + 1].coarse);
        let all = ones(0, loose & !strict).filter(holds).fold(strict, |all, at| all | 1 << at);
        ones(from / BLOCK, all).zip(room).map(|(at, room)| *room = at as u32).count()
    }

    /// The numbers of the heads that stand where longer names may begin; where none does, none begins. The places of all are read
    /// before any is looked at: they come from far apart in memory, and none waits for another. So are those of the words behind them.
    #[inline(never)]
    pub(super) fn heads(&self, name: &Name<'_>, spots: &mut Spots) {
        let Spots { longer: Places { list, count }, heads, tails, steps, sought, .. } = spots;
        let longer = &mut list[..*count];
        let run = |at: u32| name.padded[at as usize..].first_chunk::<{ HEAD + 1 }>();
        let look = |[t, next, _]: &[Token; HEAD + 1]| self.heads.look([t.coarse, next.coarse]);
        heads.clear();
        heads.extend(longer.iter().map(|&at| run(at).map_or(0, look)));
        sought.resize(sought.len().max(heads.len()), (0, 0));
        let (mut found, mut going_on) = (0, 0);
        for n in 0..longer.len().min(heads.len()) {
            let (at, first) = (longer[n], heads[n]);
            let Some([t, next, third]) = run(at) else { break };
            let Some(number) = self.heads.find([t.coarse, next.coarse], [t.fine, next.fine], first, &name.lx.words) else { continue };
            let Some(head) = self.heads.get(number) else { continue };
            // Most heads tell nothing where they stand. No name goes on in another line.
            let (told, led_on) = head.tells(third.coarse, t.silent != 0);
            let told = told & !next.begins_line();
            let goes_on = led_on & told & !third.begins_line();
            (longer[found], heads[found]) = (at, number as u32);
            sought[going_on] = (found as u32, 0);
            (found, going_on) = (found + usize::from(told), going_on + usize::from(goes_on));
        }
        *count = found;
        heads.truncate(found);
        tails.clear();
        tails.resize(found, 0);
        steps.clear();
        let sought = &mut sought[..going_on];
        for (place, first) in sought.iter_mut() {
            *first = self.tails.look(heads[*place as usize], name.padded[longer[*place as usize] as usize + HEAD].coarse);
        }
        for &mut (place, first) in sought {
            let (place, third) = (place as usize, longer[place as usize] as usize + HEAD);
            if let Some(node) = self.tails.find(heads[place], name.padded[third].coarse, first) {
                steps.push(Step { node: node as u32, at: third as u32, next: 0 });
                tails[place] = steps.len() as u32;
            }
        }
    }

    /// The words behind those that names go on with, one step further for all at a time, in the same way.
    #[inline(never)]
    pub(super) fn steps(&self, name: &Name<'_>, spots: &mut Spots) {
        let Spots { steps, sought, .. } = spots;
        let mut from = 0;
        while from < steps.len() {
            sought.resize(sought.len().max(steps.len()), (0, 0));
            let mut going_on = 0;
            for (n, step) in (from..).zip(&steps[from..]) {
                name.lx.spelled.bring(self.tails.names(step.node).1);
                let Some(t) = name.padded.get(step.at as usize + 1) else { continue };
                let (first, goes_on) = self.tails.look_behind(step.node, t.coarse, !t.begins_line());
                sought[going_on] = (n as u32, first);
                going_on += usize::from(goes_on);
            }
            from = steps.len();
            for &(n, first) in &sought[..going_on] {
                let Step { node, at, .. } = steps[n as usize];
                if let Some(node) = self.tails.find_behind(node, name.padded[at as usize + 1].coarse, first) {
                    steps.push(Step { node: node as u32, at: at + 1, next: 0 });
                    steps[n as usize].next = steps.len() as u32;
                }
            }
        }
    }
}
