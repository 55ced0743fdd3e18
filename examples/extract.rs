//! The tool that people try first: entities of files, as marked text or JSON.

use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use thucthe::{Date, Document, Extractor, Gazetteer, Input, Kind, Language, Unit};

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

struct Arguments {
    format: Format,
    jsonl_input: bool,
    date: Option<Date>,
    gazetteers: Vec<PathBuf>,
    builtin: bool,
    kinds: Vec<Kind>,
    unit: Unit,
    explain: bool,
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
}

impl Run<'_> {
    fn complain(&mut self, what: impl std::fmt::Display) {
        eprintln!("extract: {what}");
        self.failed = true;
    }

    fn document(&mut self, source: &str, text: &str, date: Option<Date>, language: Option<Language>) -> io::Result<()> {
        let mut input = Input::new(text);
        // The document's own date leads; the command line's is for those that have none.
        if let Some(d) = date {
            input = input.date(d);
        }
        if let Some(l) = language {
            input = input.language(l);
        }
        let mut document = self.extractor.extract(input);
        if document.date().is_none() {
            if let Some(d) = self.arguments.date {
                document = self.extractor.extract(input.date(d));
            }
        }
        match self.arguments.format {
            Format::Text => {
                let rendered = marked(source, &document, self.color, self.arguments.explain);
                self.out.write_all(rendered.as_bytes())
            }
            Format::Json => {
                serde_json::to_writer_pretty(&mut self.out, &Record { source, document: document.with_offsets(self.arguments.unit) })?;
                writeln!(self.out)
            }
            Format::Jsonl => {
                serde_json::to_writer(&mut self.out, &Record { source, document: document.with_offsets(self.arguments.unit) })?;
                writeln!(self.out)
            }
        }
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
            Ok(text) => self.document(source, &text, None, None),
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
        self.document(&parsed.source, &parsed.text, date, language)
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
    let mut run = Run { arguments: &arguments, extractor, out: io::stdout().lock(), color, failed: false };
    match read_all(&mut run) {
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
            run.document("(sample)", SAMPLE, None, None)?;
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
