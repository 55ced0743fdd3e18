//! The tool that people try first: entities of files, as marked text or JSON.

use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use thucthe::{Date, Document, Extractor, Gazetteer, Input, Kind, Language, Unit, Worker};

const USAGE: &str = "\
usage: extract [OPTIONS] [FILE]...

Finds persons, titles, ministries, mechanisms and more in Vietnamese, English and Japanese text on diplomacy and defence.
Without FILE it reads standard input.

  --format text|json|jsonl    marked text and a table (the default), or JSON
  --input text|jsonl          what the files hold: plain text, or a JSON document a line with text, source, date, language
  --date YYYY-MM-DD           reference date of documents without one
  --gazetteer PATH            a TOML file or folder of your own, added to the others; may be given again
  --no-builtin                leave out the gazetteers that come with the library
  --kinds KIND,KIND           only these of person, title, ministry, mechanism, organization, agreement, initiative, place
  --offsets bytes|chars|utf16 unit of start and end
  --explain                   say why, for each mention
  --jobs N                    threads that work on the texts; what comes out stays in order
  --help                      this text

exit status: 0 all well, 1 some input failed, 2 usage
";

const SAMPLE: &str = include_str!("sample.txt");

#[derive(Clone, Copy, PartialEq)]
enum Format {
    Text,
    Json,
    Jsonl,
}

/// Threads at most: beyond, the number is a slip.
const MOST_JOBS: usize = 1024;

struct Arguments {
    format: Format,
    jsonl_input: bool,
    date: Option<Date>,
    gazetteers: Vec<PathBuf>,
    builtin: bool,
    kinds: Vec<Kind>,
    unit: Unit,
    explain: bool,
    jobs: usize,
    files: Vec<PathBuf>,
}

fn arguments() -> Result<Arguments, String> {
    use lexopt::prelude::*;
    let mut a = Arguments {
        format: Format::Text,
        jsonl_input: false,
        date: None,
        gazetteers: Vec::new(),
        builtin: true,
        kinds: Kind::ALL.to_vec(),
        unit: Unit::Bytes,
        explain: false,
        jobs: 1,
        files: Vec::new(),
    };
    let mut parser = lexopt::Parser::from_env();
    let text = |p: &mut lexopt::Parser| -> Result<String, String> { p.value().map_err(|e| e.to_string())?.string().map_err(|e| e.to_string()) };
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("format") => {
                a.format = match text(&mut parser)?.as_str() {
                    "text" => Format::Text,
                    "json" => Format::Json,
                    "jsonl" => Format::Jsonl,
                    other => return Err(format!("--format {other}: one of text, json, jsonl")),
                }
            }
            Long("input") => {
                a.jsonl_input = match text(&mut parser)?.as_str() {
                    "text" => false,
                    "jsonl" => true,
                    other => return Err(format!("--input {other}: one of text, jsonl")),
                }
            }
            Long("date") => a.date = Some(text(&mut parser)?.parse().map_err(|e| format!("--date: {e}"))?),
            Long("gazetteer") => a.gazetteers.push(parser.value().map_err(|e| e.to_string())?.into()),
            Long("no-builtin") => a.builtin = false,
            Long("kinds") => {
                let list = text(&mut parser)?;
                a.kinds = list.split(',').map(|k| k.trim().parse().map_err(|e| format!("--kinds {k}: {e}"))).collect::<Result<_, _>>()?;
            }
            Long("offsets") => {
                a.unit = match text(&mut parser)?.as_str() {
                    "bytes" => Unit::Bytes,
                    "chars" => Unit::Chars,
                    "utf16" => Unit::Utf16,
                    other => return Err(format!("--offsets {other}: one of bytes, chars, utf16")),
                }
            }
            Long("explain") => a.explain = true,
            Long("jobs") => {
                let n = text(&mut parser)?;
                a.jobs = n.parse().ok().filter(|&n| (1..=MOST_JOBS).contains(&n)).ok_or_else(|| format!("--jobs {n}: a number from 1 to {MOST_JOBS}"))?;
            }
            Short('h') | Long("help") => {
                print!("{USAGE}");
                std::process::exit(0);
            }
            Value(f) => a.files.push(f.into()),
            other => return Err(other.unexpected().to_string()),
        }
    }
    Ok(a)
}

/// A document as it comes in with `--input jsonl`.
#[derive(serde::Deserialize)]
struct Line {
    #[serde(default)]
    source: String,
    text: String,
    date: Option<String>,
    language: Option<String>,
}

/// A document as it goes out.
#[derive(Serialize)]
struct Record<'a, D: Serialize> {
    source: &'a str,
    #[serde(flatten)]
    document: D,
}

struct Run<'a> {
    arguments: &'a Arguments,
    extractor: Extractor,
    out: io::StdoutLock<'static>,
    color: bool,
    failed: bool,
    /// For texts that are worked on alone.
    worker: Worker,
    queue: Vec<Job>,
    /// Bytes of the texts in the queue.
    queued: usize,
}

/// Texts that wait for each thread at most, and their bytes.
const QUEUE: usize = 32;
const QUEUE_BYTES: usize = 4 << 20;

/// A text that waits for its turn.
struct Job {
    source: String,
    text: String,
    date: Option<Date>,
    language: Option<Language>,
}

/// What is written for one text.
fn render(arguments: &Arguments, worker: &mut Worker, color: bool, job: &Job) -> io::Result<Vec<u8>> {
    let mut input = Input::new(&job.text);
    // The document's own date leads; the command line's is for those that have none.
    if let Some(d) = job.date {
        input = input.date(d);
    }
    if let Some(l) = job.language {
        input = input.language(l);
    }
    let mut document = worker.extract(input);
    if document.date().is_none()
        && let Some(d) = arguments.date
    {
        document = worker.extract(input.date(d));
    }
    let source = job.source.as_str();
    if arguments.format == Format::Text {
        return Ok(marked(source, &document, color, arguments.explain).into_bytes());
    }
    let record = Record { source, document: document.with_offsets(arguments.unit) };
    let json = if arguments.format == Format::Json { serde_json::to_vec_pretty(&record) } else { serde_json::to_vec(&record) };
    json.map(|mut line| {
        line.push(b'\n');
        line
    })
    .map_err(io::Error::from)
}

impl Run<'_> {
    fn complain(&mut self, what: impl std::fmt::Display) {
        eprintln!("extract: {what}");
        self.failed = true;
    }

    /// Puts a text into the queue; where there is enough for every thread, or no other thread, the queue is worked off.
    fn document(&mut self, source: &str, text: String, date: Option<Date>, language: Option<Language>) -> io::Result<()> {
        self.queued += text.len();
        self.queue.push(Job { source: source.to_string(), text, date, language });
        let jobs = self.arguments.jobs;
        if jobs == 1 || self.queue.len() >= jobs * QUEUE || self.queued >= jobs * QUEUE_BYTES { self.flush() } else { Ok(()) }
    }

    /// Works the queue off. What comes out is in the order in which it came in.
    fn flush(&mut self) -> io::Result<()> {
        let queue = std::mem::take(&mut self.queue);
        self.queued = 0;
        let (arguments, extractor, color) = (self.arguments, &self.extractor, self.color);
        let threads = arguments.jobs.min(queue.len());
        if threads < 2 {
            for job in &queue {
                self.out.write_all(&render(arguments, &mut self.worker, color, job)?)?;
            }
            return Ok(());
        }
        let next = AtomicUsize::new(0);
        let done: Vec<OnceLock<io::Result<Vec<u8>>>> = queue.iter().map(|_| OnceLock::new()).collect();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    let mut worker = extractor.worker();
                    loop {
                        let i = next.fetch_add(1, Ordering::Relaxed);
                        let (Some(job), Some(place)) = (queue.get(i), done.get(i)) else { break };
                        let _ = place.set(render(arguments, &mut worker, color, job));
                    }
                });
            }
        });
        for rendered in done.into_iter().filter_map(OnceLock::into_inner) {
            self.out.write_all(&rendered?)?;
        }
        Ok(())
    }

    fn stream(&mut self, source: &str, bytes: Vec<u8>) -> io::Result<()> {
        if self.arguments.jsonl_input {
            for (n, line) in bytes.lines().enumerate() {
                let n = n + 1;
                match line {
                    Ok(l) if l.trim().is_empty() => {}
                    Ok(l) => self.line(source, n, &l)?,
                    Err(e) => self.complain(format_args!("{source}:{n}: {e}")),
                }
            }
            return Ok(());
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.document(source, text, None, None),
            Err(e) => {
                let at = e.utf8_error().valid_up_to();
                self.complain(format_args!("{source}: not UTF-8 (byte {at}); convert it first"));
                Ok(())
            }
        }
    }

    fn line(&mut self, source: &str, n: usize, line: &str) -> io::Result<()> {
        let parsed: Line = match serde_json::from_str(line) {
            Ok(l) => l,
            Err(e) => {
                self.complain(format_args!("{source}:{n}: {e}"));
                return Ok(());
            }
        };
        let date = match parsed.date.as_deref().map(str::parse).transpose() {
            Ok(d) => d,
            Err(e) => {
                self.complain(format_args!("{source}:{n}: date: {e}"));
                return Ok(());
            }
        };
        let language = match parsed.language.as_deref().map(str::parse).transpose() {
            Ok(l) => l,
            Err(e) => {
                self.complain(format_args!("{source}:{n}: language: {e}"));
                return Ok(());
            }
        };
        self.document(&parsed.source, parsed.text, date, language)
    }
}

fn style(kind: Kind) -> anstyle::Style {
    use anstyle::{AnsiColor, Style};
    let color = match kind {
        Kind::Person => AnsiColor::Green,
        Kind::Title => AnsiColor::Yellow,
        Kind::Ministry => AnsiColor::Cyan,
        Kind::Mechanism => AnsiColor::Magenta,
        Kind::Organization => AnsiColor::Blue,
        Kind::Agreement | Kind::Initiative => AnsiColor::BrightRed,
        _ => AnsiColor::BrightBlack,
    };
    Style::new().fg_color(Some(color.into()))
}

/// The text with its outermost entities marked, then a table of all.
fn marked(source: &str, d: &Document<'_>, color: bool, explain: bool) -> String {
    let mut s = String::new();
    let _ = writeln!(s, "── {source}{}", d.date().map(|d| format!(" · {d}")).unwrap_or_default());
    let mut at = 0;
    for m in d.mentions().iter().filter(|m| m.parent().is_none()) {
        let span = m.span();
        let _ = write!(s, "{}", &d.text()[at..span.start]);
        let words = d.text_of(m);
        if color {
            let _ = write!(s, "{0}{words}{0:#}", style(m.kind()));
        } else {
            let _ = write!(s, "[{words}|{}]", m.kind());
        }
        at = span.end;
    }
    let _ = writeln!(s, "{}", d.text()[at..].trim_end());
    let _ = writeln!(s);
    for e in d.entities() {
        let names: Vec<&str> = Language::ALL.iter().filter_map(|&l| e.name(l)).collect();
        let (on, off) = if color { (format!("{}", style(e.kind())), format!("{:#}", style(e.kind()))) } else { (String::new(), String::new()) };
        let _ = writeln!(s, "{on}{:<12}{off} ×{:<3} {}{}", e.kind(), e.mentions().len(), e.id(), if e.is_known() { "" } else { " (unlisted)" });
        let _ = writeln!(s, "                  {}", names.join(" · "));
        if explain {
            for &m in e.mentions() {
                let m = &d.mentions()[m];
                let _ = writeln!(s, "    {}..{} {}", m.span().start, m.span().end, d.text_of(m));
                for line in m.evidence() {
                    let _ = writeln!(s, "      {line}");
                }
            }
        }
    }
    if !d.appointments().is_empty() {
        let _ = writeln!(s, "\nwho holds what");
    }
    for a in d.appointments() {
        let name = |e: usize| Language::ALL.iter().find_map(|&l| d.entities()[e].name(l)).unwrap_or_default().to_string();
        let status = if a.former {
            " (former)"
        } else if a.acting {
            " (acting)"
        } else {
            ""
        };
        let _ = writeln!(s, "  {} — {}{status}", name(a.person), name(a.office));
    }
    let _ = writeln!(s);
    s
}

/// Prints what is wrong with a gazetteer, each finding under its line.
fn show(error: &thucthe::Error) {
    if error.findings().is_empty() {
        let mut e: Option<&dyn std::error::Error> = Some(error);
        let mut text = Vec::new();
        while let Some(x) = e {
            text.push(x.to_string());
            e = x.source();
        }
        eprintln!("extract: {}", text.join(": "));
    }
    for f in error.findings() {
        eprintln!("error[{}]: {}", f.code, f.message);
        eprintln!("  --> {}:{}:{}", f.file, f.line, f.column);
        if !f.excerpt.is_empty() {
            eprintln!("   | {}", f.excerpt);
            eprintln!("   | {}^", " ".repeat(f.column.saturating_sub(1)));
        }
        eprintln!("   = {}", f.remedy);
    }
    if error.findings().len() > 1 {
        eprintln!("extract: {} findings", error.findings().len());
    }
}

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(a) => a,
        Err(e) => {
            eprintln!("extract: {e}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let mut builder = Extractor::builder().explain(arguments.explain).kinds(&arguments.kinds);
    if !arguments.builtin {
        builder = builder.no_builtin();
    }
    for path in &arguments.gazetteers {
        match Gazetteer::from_path(path) {
            Ok(g) => builder = builder.gazetteer(g),
            Err(e) => {
                show(&e);
                return ExitCode::from(2);
            }
        }
    }
    let extractor = match builder.build() {
        Ok(e) => e,
        Err(e) => {
            show(&e);
            return ExitCode::from(2);
        }
    };
    let color = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let worker = extractor.worker();
    let mut run = Run { arguments: &arguments, extractor, out: io::stdout().lock(), color, failed: false, worker, queue: Vec::new(), queued: 0 };
    match read_all(&mut run).and_then(|()| run.flush()) {
        Ok(()) => {}
        // A reader that has seen enough is no failure.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(e) => run.complain(e),
    }
    ExitCode::from(u8::from(run.failed))
}

fn read_all(run: &mut Run<'_>) -> io::Result<()> {
    if run.arguments.files.is_empty() {
        if io::stdin().is_terminal() {
            run.document("(sample)", SAMPLE.to_string(), None, None)?;
            run.flush()?;
            eprintln!("This was a sample. Give FILE names, or pipe a text in; --help tells the rest.");
            return Ok(());
        }
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes)?;
        return run.stream("-", bytes);
    }
    for path in &run.arguments.files {
        let source = path.display().to_string();
        if path.is_dir() {
            run.complain(format_args!("{source}: a directory; name the files in it"));
            continue;
        }
        match std::fs::read(path) {
            Ok(bytes) => run.stream(&source, bytes)?,
            Err(e) => run.complain(format_args!("{source}: {e}")),
        }
    }
    Ok(())
}
