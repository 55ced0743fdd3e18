"""The same names in the same text, beside what Python offers: time against raw ahocorasick_rs, hits counted.

    python -m venv env && env/bin/pip install -r requirements.txt && env/bin/python peers.py [TEXT]

Without TEXT the text is made of sentences and names, without chance. A package that is not installed is left out, and
so is one that takes longer than a minute.
"""

import sys
import time
import unicodedata

FIRST = (
    "Bạch Cảng Dầu Đảo Hải Hòn Long Mũi Nam Phú Quý Rạng Sơn Tân Trường Vịnh Xuân Yên Thủy Hòa Amber Beacon Coral Delta "
    "Ember Falcon Granite Harbour Indigo Juniper Kelp Lantern Meridian Nimbus Orchid Pelican Quartz Raven Saffron Tidal"
).split()
SUBJECTS = ["Lines", "Shipping", "Marine", "Hàng hải"]
SENTENCES = [
    "Sáng nay trời se lạnh, bà con ra đồng sớm hơn mọi ngày để kịp gặt nốt thửa ruộng cuối vụ.",
    "Giá lúa năm nay nhích lên đôi chút, thương lái về tận nơi đặt cọc, nhà nào cũng phấn khởi.",
    "Theo báo cáo mới công bố, số lượng khách sử dụng dịch vụ trực tuyến tăng gần gấp đôi so với cùng kỳ năm trước.",
    "Bệnh nhân được đưa vào viện trong tình trạng khó thở, các bác sĩ đã cấp cứu kịp thời.",
    "Mùa mưa năm nay đến muộn, nhiều hồ chứa chỉ còn hơn một nửa dung tích thiết kế.",
]
NAMES = 10_000
PATIENCE = 60


def name(i):
    n = i * 48_271 % 1_280_000
    a, b, c, d = n % 40, n // 40 % 40, n // 1_600 % 200, n // 320_000
    return f"{FIRST[a]} {FIRST[b]} {FIRST[c % 40].lower()}{['', 'o', 'en', 'ar', 'is'][c // 40]} {SUBJECTS[d]}"


def made(size):
    out, length, i = [], 0, 0
    while length < size:
        s = SENTENCES[i * 7 % len(SENTENCES)]
        cut = s.index(" ", 20)
        s = f"{s[:cut]} {name(i * 31 % NAMES)}{s[cut:]}" if i % 2 == 0 else s
        out.append(s)
        length += len(s.encode())
        i += 1
    return [" ".join(out[k : k + 40]) for k in range(0, len(out), 40)]


def prepare(text):
    return unicodedata.normalize("NFC", text).lower()


def ways(names, documents):
    """Each way: its name, and a function that counts the hits of all documents."""
    lower = [prepare(n) for n in names]
    prepared = [prepare(d) for d in documents]

    def rust():
        import ahocorasick_rs as a

        m = a.AhoCorasick(lower, matchkind=a.MatchKind.LeftmostLongest)
        return lambda: sum(len(m.find_matches_as_indexes(d)) for d in prepared)

    def c():
        import ahocorasick

        m = ahocorasick.Automaton()
        for n in lower:
            m.add_word(n, n)
        m.make_automaton()
        return lambda: sum(1 for d in prepared for _ in m.iter_long(d))

    def flash():
        from flashtext import KeywordProcessor

        m = KeywordProcessor()
        m.add_keywords_from_list(list(names))
        return lambda: sum(len(m.extract_keywords(d)) for d in documents)

    def phrases():
        import spacy
        from spacy.matcher import PhraseMatcher

        nlp = spacy.blank("xx")
        m = PhraseMatcher(nlp.vocab, attr="LOWER")
        m.add("X", [nlp.make_doc(n) for n in names])
        return lambda: sum(len(m(nlp.make_doc(d))) for d in documents)

    def ruler():
        import spacy

        nlp = spacy.blank("xx")
        r = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
        r.add_patterns([{"label": "X", "pattern": n} for n in names])
        return lambda: sum(len(nlp(d).ents) for d in documents)

    def under():
        from underthesea import ner

        few = [s for d in documents[:2] for s in d.split(". ")]
        ner("Hà Nội")
        size = sum(len(s.encode()) for s in few) / sum(len(d.encode()) for d in documents)
        # A model, not a list: on a small part of the text, and counted up.
        return lambda: sum(len(ner(s)) for s in few), size

    return [
        ("ahocorasick_rs on prepared text", rust),
        ("pyahocorasick on prepared text", c),
        ("flashtext", flash),
        ("spaCy PhraseMatcher", phrases),
        ("spaCy EntityRuler", ruler),
        ("underthesea NER, sentence by sentence", under),
    ]


def main():
    names = [name(i) for i in range(NAMES)]
    if len(sys.argv) > 1:
        text = open(sys.argv[1], encoding="utf-8").read()[:2_000_000]
        documents = [text[k : k + 5_000] for k in range(0, len(text), 5_000)]
    else:
        documents = made(1_000_000)
    size = sum(len(d.encode()) for d in documents) / 1e6
    print(f"{NAMES} names, {size:.1f} MB\n\n| way | time ÷ ahocorasick_rs | MB/s | hits |\n| --- | ---: | ---: | ---: |")
    base = None
    for label, build in ways(names, documents):
        try:
            run = build()
        except Exception as e:  # noqa: BLE001 - whatever keeps a package from working, the others go on
            print(f"| {label} | left out: {type(e).__name__} | | |")
            continue
        run, part = run if isinstance(run, tuple) else (run, 1)
        times, hits, start = [], 0, time.perf_counter()
        while len(times) < 5 and time.perf_counter() - start < PATIENCE:
            t = time.perf_counter()
            hits = run()
            times.append((time.perf_counter() - t) / part)
        times.sort()
        median = times[len(times) // 2]
        base = base or median
        print(f"| {label} | {median / base:.1f} | {size / median:.2f} | {hits} |", flush=True)


if __name__ == "__main__":
    main()
