//! Where titles and persons begin and end.

use crate::compose::people::Person;
use crate::text::bits::Bits;

/// Titles and persons of a text at most that are sooner found by halving their lists.
const SHORT_LISTS: usize = 64;

/// At which tokens titles and persons begin, and behind which they end: most that is asked of a token is answered by that.
#[derive(Default)]
pub(super) struct Edges {
    /// Where the words begin that stand before titles and tell of them: in most texts there are none.
    pub(super) led: Bits,
    pub(super) titles: Numbered,
    pub(super) title_ends: Numbered,
    pub(super) people: Numbered,
    pub(super) people_ends: Numbered,
}

impl Edges {
    pub(super) fn read(&mut self, tokens: usize, people: &[Person], titles: &[(usize, usize)]) {
        let sets = [&mut self.titles, &mut self.title_ends, &mut self.people, &mut self.people_ends];
        sets.into_iter().for_each(|set| set.reset(tokens));
        for &(start, end) in titles {
            self.titles.at.insert(start);
            self.title_ends.at.insert(end);
        }
        for p in people {
            self.people.at.insert(p.start);
            self.people_ends.at.insert(p.end);
        }
        if titles.len() + people.len() > SHORT_LISTS {
            [&mut self.titles, &mut self.title_ends, &mut self.people, &mut self.people_ends].into_iter().for_each(Numbered::count);
        }
    }
}

/// Where things of a list begin, or behind which they end. They do not overlap, so that both ascend.
#[derive(Default)]
pub(super) struct Numbered {
    pub(super) at: Bits,
    /// How many are before each word of the set, where the list is long: a short one is sooner halved.
    before: Vec<u32>,
}

impl Numbered {
    fn reset(&mut self, tokens: usize) {
        self.at.reset(tokens);
        self.before.clear();
    }

    fn count(&mut self) {
        let mut count = 0;
        for word in self.at.words() {
            self.before.push(count);
            count += word.count_ones();
        }
    }

    /// How many of the list are before a token; `edge` says where one is.
    #[inline]
    pub(super) fn before<T>(&self, token: usize, list: &[T], edge: impl Fn(&T) -> usize) -> usize {
        match self.before.get(token / 64) {
            Some(&before) => (before + (self.at.words()[token / 64] & !(u64::MAX << (token % 64))).count_ones()) as usize,
            None => list.partition_point(|x| edge(x) < token),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_list_whether_they_are_counted_or_not() {
        let list: Vec<usize> = (0..200).map(|n| 3 * n + n % 2 + n / 50 * 64).collect();
        let (mut long, mut short) = (Numbered::default(), Numbered::default());
        for set in [&mut long, &mut short] {
            set.reset(1_000);
            list.iter().for_each(|&at| set.at.insert(at));
        }
        long.count();
        assert!(short.before.is_empty() && !long.before.is_empty());
        for token in 0..=1_000 {
            let number = list.partition_point(|&at| at < token);
            assert_eq!([&long, &short].map(|set| set.before(token, &list, |&at| at)), [number; 2], "{token}");
        }
    }
}
