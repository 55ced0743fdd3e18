//! The tool that people try first: entities of files, as marked text or JSON.

#[path = "extract/line.rs"]
mod line;

use line::Job;
use serde::Serialize;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, Scope};
use thucthe::{Date, Document, Extractor, Gazetteer, Kind, Language, Unit, Worker};

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

/// A document as it goes out.
#[derive(Serialize)]
struct Record<'a, D: Serialize> {
    source: &'a str,
    #[serde(flatten)]
    document: D,
}

struct Run<'a> {
    arguments: &'a Arguments,
    out: io::StdoutLock<'static>,
    color: bool,
    failed: bool,
    /// Works on the texts where no other thread does.
    worker: Worker,
    threads: Option<Threads>,
}

/// Threads that work on texts, each with one worker for the whole run, and what they were given.
struct Threads {
    jobs: Sender<(Job, Sender<Rendered>)>,
    /// Texts that were given and not written yet, in their order: the bytes of each, and whence comes what is written for it.
    waiting: VecDeque<(usize, Receiver<Rendered>)>,
    /// Bytes of all of them.
    bytes: usize,
    /// As many wait at most.
    most: usize,
    most_bytes: usize,
}

/// Texts that wait for each thread at most, and their bytes: what is held at once does not grow with the input.
const QUEUE: usize = 32;
const QUEUE_BYTES: usize = 4 << 20;

/// What is written for a text.
type Rendered = io::Result<Vec<u8>>;

/// What is written for one text.
fn render(arguments: &Arguments, worker: &mut Worker, color: bool, job: &Job) -> Rendered {
    let input = job.input();
    let mut document = worker.extract(input);
    // The document's own date leads; the command line's is for those that have none.
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

impl Threads {
    fn start<'s, 'e>(scope: &'s Scope<'s, 'e>, arguments: &'e Arguments, extractor: &'e Extractor, color: bool) -> Threads {
        let (jobs, given) = mpsc::channel::<(Job, Sender<Rendered>)>();
        let given = Arc::new(Mutex::new(given));
        for _ in 0..arguments.jobs {
            let given = Arc::clone(&given);
            scope.spawn(move || {
                let mut worker = extractor.worker();
                // One waits for the next text, the others for their turn to wait; none does while it works.
                while let Some((job, done)) = given.lock().ok().and_then(|given| given.recv().ok()) {
                    // Nobody takes it where the output is gone: what is left need not be worked on.
                    if done.send(render(arguments, &mut worker, color, &job)).is_err() {
                        break;
                    }
                }
            });
        }
        Threads { jobs, waiting: VecDeque::new(), bytes: 0, most: arguments.jobs * QUEUE, most_bytes: arguments.jobs * QUEUE_BYTES }
    }

    fn give(&mut self, job: Job) -> io::Result<()> {
        let (done, rendered) = mpsc::channel();
        self.waiting.push_back((job.text.len(), rendered));
        self.bytes += job.text.len();
        self.jobs.send((job, done)).map_err(|_| io::Error::other("no thread is left"))
    }

    /// What is written for the first text that waits, if that is ready. Where too much waits, or `all` is asked for, it is waited for.
    fn next(&mut self, all: bool) -> Option<Rendered> {
        let wait = all || self.waiting.len() >= self.most || self.bytes >= self.most_bytes;
        let (bytes, first) = self.waiting.front()?;
        let rendered = if wait { first.recv().unwrap_or_else(|e| Err(io::Error::other(e))) } else { first.try_recv().ok()? };
        self.bytes -= bytes;
        self.waiting.pop_front();
        Some(rendered)
    }
}

impl Run<'_> {
    fn complain(&mut self, what: impl std::fmt::Display) {
        eprintln!("extract: {what}");
        self.failed = true;
    }

    /// Works on a text, or gives it to a thread; what comes out is in the order in which texts came in.
    fn document(&mut self, job: Job) -> io::Result<()> {
        match &mut self.threads {
            Some(threads) => {
                threads.give(job)?;
                self.write(false)
            }
            None => self.out.write_all(&render(self.arguments, &mut self.worker, self.color, &job)?),
        }
    }

    /// Writes what the threads have done so far, or all that they were given.
    fn write(&mut self, all: bool) -> io::Result<()> {
        while let Some(rendered) = self.threads.as_mut().and_then(|t| t.next(all)) {
            self.out.write_all(&rendered?)?;
        }
        Ok(())
    }

    fn stream(&mut self, source: &str, input: impl BufRead) -> io::Result<()> {
        if self.arguments.jsonl_input { self.json_lines(source, input) } else { self.text(source, input) }
    }

    /// Line by line: of a long file, or one without an end, no more is held than a line.
    fn json_lines(&mut self, source: &str, mut input: impl BufRead) -> io::Result<()> {
        let mut bytes = Vec::new();
        for n in 1.. {
            bytes.clear();
            match input.read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => {}
                Err(e) => {
                    self.complain(format_args!("{source}:{n}: {e}"));
                    break;
                }
            }
            match std::str::from_utf8(&bytes) {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => match Job::read(line) {
                    Ok(job) => self.document(job)?,
                    Err(e) => self.complain(format_args!("{source}:{n}: {e}")),
                },
                Err(e) => self.complain(format_args!("{source}:{n}: not UTF-8 (byte {} of the line); convert it first", e.valid_up_to())),
            }
        }
        Ok(())
    }

    /// A text is read as a whole.
    fn text(&mut self, source: &str, mut input: impl BufRead) -> io::Result<()> {
        let mut bytes = Vec::new();
        if let Err(e) = input.read_to_end(&mut bytes) {
            self.complain(format_args!("{source}: {e}"));
            return Ok(());
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.document(Job { source: source.to_string(), text, date: None, language: None }),
            Err(e) => {
                let at = e.utf8_error().valid_up_to();
                self.complain(format_args!("{source}: not UTF-8 (byte {at}); convert it first"));
                Ok(())
            }
        }
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
    thread::scope(|scope| {
        let threads = (arguments.jobs > 1).then(|| Threads::start(scope, &arguments, &extractor, color));
        let mut run = Run { arguments: &arguments, out: io::stdout().lock(), color, failed: false, worker: extractor.worker(), threads };
        match read_all(&mut run).and_then(|()| run.write(true)) {
            Ok(()) => {}
            // A reader that has seen enough is no failure.
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Err(e) => run.complain(e),
        }
        ExitCode::from(u8::from(run.failed))
    })
}

fn read_all(run: &mut Run<'_>) -> io::Result<()> {
    if run.arguments.files.is_empty() {
        if io::stdin().is_terminal() {
            run.document(Job { source: "(sample)".to_string(), text: SAMPLE.to_string(), date: None, language: None })?;
            run.write(true)?;
            eprintln!("This was a sample. Give FILE names, or pipe a text in; --help tells the rest.");
            return Ok(());
        }
        return run.stream("-", io::stdin().lock());
    }
    for path in &run.arguments.files {
        let source = path.display().to_string();
        if path.is_dir() {
            run.complain(format_args!("{source}: a directory; name the files in it"));
            continue;
        }
        match File::open(path) {
            Ok(file) => run.stream(&source, BufReader::new(file))?,
            Err(e) => run.complain(format_args!("{source}: {e}")),
        }
    }
    Ok(())
}
