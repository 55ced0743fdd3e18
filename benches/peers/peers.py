"""The same names in the same text, beside what Python offers.

    cargo bench --features csv --bench peers -- --write FOLDER
    python -m venv env && env/bin/pip install -r requirements.txt
    env/bin/python peers.py --names FOLDER/names.txt --text FOLDER/text.jsonl --rust FOLDER/rust.json

The names and documents are those of the Rust bench, which writes them. Every way is asked for its hits before it is timed:
they are counted against the names that were written into made text, and where a way differs, each difference is of a
kind that is named. A package that is not installed is left out, with the reason; one that is slow is timed on fewer
documents.
"""

import argparse
import collections
import json
import pathlib
import statistics
import time
import unicodedata

RAW = "aho-corasick on prepared text"
BASE = "pyahocorasick on prepared text"
ROUNDS = 5


def prepare(text):
    return unicodedata.normalize("NFC", text).lower()


class Document:
    """A text, the same composed and in lower case, and where its names stand in each: None if that is not known."""

    def __init__(self, text, names):
        self.text, self.prepared = text, prepare(text)
        place = lambda at: len(prepare(text[:at]))  # noqa: E731
        self.written = None if names is None else {(a, b): i for i, a, b in names}
        self.written_prepared = None if names is None else {(place(a), place(b)): i for i, a, b in names}


# Each way is given the names and makes a function from a document to its hits, as places in the text that it searches, and
# says whether that is the prepared text.


def rust_automaton(names):
    import ahocorasick_rs as a

    m = a.AhoCorasick([prepare(n) for n in names], matchkind=a.MatchKind.LeftmostLongest)
    return lambda d: [(s, e) for _, s, e in m.find_matches_as_indexes(d.prepared)]


def c_automaton(names):
    import ahocorasick

    m = ahocorasick.Automaton()
    for n in map(prepare, names):
        m.add_word(n, len(n))
    m.make_automaton()
    return lambda d: [(end + 1 - n, end + 1) for end, n in m.iter_long(d.prepared)]


def flashtext(names):
    from flashtext import KeywordProcessor

    m = KeywordProcessor()
    m.add_keywords_from_list(list(names))
    return lambda d: [(s, e) for _, s, e in m.extract_keywords(d.text, span_info=True)]


def phrases(names):
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("xx")
    m = PhraseMatcher(nlp.vocab, attr="LOWER")
    m.add("X", [nlp.make_doc(n) for n in names])

    def hits(d):
        doc = nlp.make_doc(d.text)
        return [(s.start_char, s.end_char) for s in m(doc, as_spans=True)]

    return hits


def ruler(names):
    import spacy

    nlp = spacy.blank("xx")
    r = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    r.add_patterns([{"label": "X", "pattern": n} for n in names])
    return lambda d: [(e.start_char, e.end_char) for e in nlp(d.text).ents]


def model(cut):
    """A trained model, which has no list. It says words and not where they stand, so that its hits are only counted."""

    def build(_names):
        from underthesea import ner

        ner("Hà Nội")
        return lambda d: [None for s in cut(d.text) for word in ner(s) if word[3].startswith("B-")]

    return build


WAYS = [
    (BASE, c_automaton, True),
    ("ahocorasick_rs on prepared text", rust_automaton, True),
    ("flashtext", flashtext, False),
    ("spaCy PhraseMatcher", phrases, False),
    ("spaCy EntityRuler", ruler, False),
    ("underthesea NER, sentence by sentence", model(lambda t: t.split(". ")), None),
    ("underthesea NER, whole articles", model(lambda t: [t]), None),
]


def compare(names, listed, documents, hits, prepared):
    """How many written names were found, and the kinds of the differences with how many there are of each."""
    found, kinds, first = 0, collections.Counter(), {}
    for d in documents:
        if d.written is None:
            continue
        text, written = (d.prepared, d.written_prepared) if prepared else (d.text, d.written)
        got = set(hits(d))

        def crosses(a, b, others):
            return any(a < f and e < b for e, f in others)

        def differ(kind, a, b):
            kinds[kind] += 1
            first.setdefault(kind, text[a:b].replace("\n", " "))

        for (a, b), i in written.items():
            if (a, b) in got:
                found += 1
            elif prepare(text[a:b]) != prepare(names[i]):
                differ("not found: the other tone style", a, b)
            elif not prepared and not unicodedata.is_normalized("NFC", text[a:b]):
                differ("not found: decomposed", a, b)
            elif crosses(a, b, got):
                differ("not found: part of a longer name", a, b)
            else:
                differ("not found: no reason known", a, b)
        for a, b in got - set(written):
            whole = not text[a - 1 : a].isalnum() and not text[b : b + 1].isalnum()
            if crosses(a, b, written):
                differ("besides: longer or shorter than what was written", a, b)
            elif not whole:
                differ("besides: inside a word", a, b)
            elif prepare(text[a:b]) in listed:
                differ("besides: a listed name in the sentences", a, b)
            else:
                differ("besides: no name of the list", a, b)
    return found, kinds, first


def few(way, documents, patience):
    """As many documents, the first, as a way reads in its part of the time."""
    start = time.perf_counter()
    for n, d in enumerate(documents, 1):
        way(d)
        if time.perf_counter() - start > patience / ROUNDS:
            break
    return documents[:n]


def size(documents):
    return sum(len(d.text.encode()) for d in documents)


def read(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [Document(d["text"], d["names"]) for d in map(json.loads, text.splitlines())]
    return [Document(text[k : k + 5_000], None) for k in range(0, len(text), 5_000)]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--names", type=pathlib.Path, required=True, help="a file with a name a line")
    p.add_argument("--text", type=pathlib.Path, required=True, help="text.jsonl of the Rust bench, or any text file")
    p.add_argument("--rust", type=pathlib.Path, help="rust.json of the Rust bench: megabytes a second of its ways, for a ratio to raw")
    p.add_argument("--bytes", type=int, default=1_000_000, help="of the text that is read (default: %(default)s)")
    p.add_argument("--patience", type=float, default=60, help="seconds that a way may take (default: %(default)s)")
    args = p.parse_args()
    for path in (args.names, args.text, args.rust):
        if path and not path.is_file():
            p.error(f"{path} is no file: `cargo bench --features csv --bench peers -- --write FOLDER` writes it")

    names = args.names.read_text(encoding="utf-8").splitlines()
    listed = {prepare(n) for n in names}
    documents, total = [], 0
    for d in read(args.text):
        if total >= args.bytes:
            break
        documents.append(d)
        total += size([d])
    if not documents:
        p.error(f"{args.text} holds no text")
    written = sum(len(d.written or ()) for d in documents)
    raw = json.loads(args.rust.read_text())[RAW] if args.rust else None
    print(f"{len(names)} names, {len(documents)} documents, {total / 1e6:.1f} MB, {written} names written into them")
    print(f"Medians of {ROUNDS} rounds in which the ways take turns.\n")

    ways, lines, finds = {}, [], {}
    for label, build, prepared in WAYS:
        try:
            way = build(names)
        except ImportError as e:
            print(f"{label}: left out, as a package is missing: {e}\n")
            continue
        if prepared is not None:
            found, kinds, first = compare(names, listed, documents, way, prepared)
            unknown = [k for k in kinds if k in ("not found: no reason known", "besides: no name of the list")]
            assert not unknown, f"{label}: {[(k, kinds[k], first[k]) for k in unknown]}"
            lines += [f"| {label} | {k} | {n} | {first[k]} |" for k, n in sorted(kinds.items())]
            finds[label] = found, sum(n for k, n in kinds.items() if k.startswith("besides"))
        ways[label] = way, few(way, documents, args.patience)

    times, hits = collections.defaultdict(list), {}
    for _ in range(ROUNDS):
        for label, (way, part) in ways.items():
            start = time.perf_counter()
            hits[label] = sum(len(way(d)) for d in part)
            times[label].append((time.perf_counter() - start) / size(part))
    median = {label: statistics.median(t) for label, t in times.items()}

    print("| way | time ÷ pyahocorasick | time ÷ raw in Rust | MB/s | documents timed | hits in them | names found in all |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for label, (_, part) in ways.items():
        speed = 1 / median[label] / 1e6
        ratio = f"{median[label] / median[BASE]:.1f}" if BASE in median else ""
        against = f"{raw / speed:.1f}" if raw else ""
        found = finds[label][0] if label in finds else ""
        print(f"| {label} | {ratio} | {against} | {speed:.3g} | {len(part)} | {hits[label]} | {found} |")
    both = [finds[label] for label, _, prepared in WAYS if prepared and label in finds]
    assert len(set(both)) < 2, f"two automata over the same text differ: {both}"
    if lines:
        print("\n| way | difference | names | the first |\n| --- | --- | ---: | --- |")
        print("\n".join(lines))


if __name__ == "__main__":
    main()
