//! Chance, and what it is fed with: for the programs that make inputs.

/// Numbers by chance.
pub struct Chance(pub u64);

impl Chance {
    /// Any number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// What readers of texts, tables and gazetteers have trouble with.
pub const ODD: &[&str] = &[
    "Thứ trưởng ",
    "Bộ Quốc phòng",
    "Hoàng Xuân Chiến",
    "Minister of ",
    "Kano Koji",
    "防衛審議官",
    "加野幸司",
    "ベトナム",
    "・",
    "ー",
    "hai nước",
    "lần thứ 11",
    "2025-12-05",
    "4/12/2025",
    "\u{301}",
    "\u{323}",
    "\u{200b}",
    "\u{3099}",
    "\u{feff}",
    "<b>",
    "</",
    "](",
    "https://",
    "&nbsp;",
    "---\n",
    "\n\n",
    "\0",
    "🇻🇳",
    "\"",
    "\\ud800",
    "\\u0000",
    "{",
    "}",
    "[[person]]",
    "id = \"",
    "name = { vi = \"",
    "[[rule]]\nform = [\"",
    "id,kind,name,language\n",
    ",",
    "'s",
    "+",
    "(",
    ")",
];
