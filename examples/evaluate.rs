//! How good the extractor is on annotated texts: precision, recall and F1 by kind, and every error with its place.

#[path = "evaluate/gold.rs"]
mod gold;
#[path = "evaluate/score.rs"]
mod score;

use gold::Pair;
use score::{Miss, Said, Score};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use thucthe::{Extractor, Language};

const USAGE: &str = "\
usage: evaluate [OPTIONS] DIR...

Extracts from each text of which DIR holds an annotation (STEM.gold.json), and compares.

  --errors              list every error: place, what, kind, words, and what was wanted or came instead
  --min KIND=F1         fail where F1 is lower; KIND is one of the rows of the table; may be given again
  --language vi|en|ja   only texts in this language
  --help                this text

exit status: 0 all well, 1 an F1 below its minimum or some input failed, 2 usage
";

#[derive(Default)]
struct Arguments {
    errors: bool,
    minima: Vec<(String, f64)>,
    language: Option<Language>,
    directories: Vec<PathBuf>,
}

/// `None` where only the usage is wanted.
fn arguments() -> Result<Option<Arguments>, String> {
    use lexopt::prelude::*;
    let mut a = Arguments::default();
    let mut parser = lexopt::Parser::from_env();
    let text = |p: &mut lexopt::Parser| -> Result<String, String> { p.value().map_err(|e| e.to_string())?.string().map_err(|e| e.to_string()) };
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("errors") => a.errors = true,
            Long("min") => a.minima.push(minimum(&text(&mut parser)?)?),
            Long("language") => a.language = Some(text(&mut parser)?.parse().map_err(|e| format!("--language: {e}"))?),
            Short('h') | Long("help") => return Ok(None),
            Value(d) => a.directories.push(d.into()),
            other => return Err(other.unexpected().to_string()),
        }
    }
    if a.directories.is_empty() { Err("no directory is named".into()) } else { Ok(Some(a)) }
}

fn minimum(argument: &str) -> Result<(String, f64), String> {
    let (kind, f1) = argument.split_once('=').ok_or_else(|| format!("--min {argument}: it is KIND=F1"))?;
    if Score::default().row(kind).is_none() {
        return Err(format!("--min {argument}: no row is called `{kind}`"));
    }
    match f1.parse() {
        // Against NaN nothing is too low.
        Ok(f) if (0.0..=1.0).contains(&f) => Ok((kind.into(), f)),
        _ => Err(format!("--min {argument}: F1 lies between 0 and 1")),
    }
}

struct Run<'a> {
    arguments: &'a Arguments,
    extractor: Extractor,
    out: io::StdoutLock<'static>,
    score: Score,
    failed: bool,
}

impl Run<'_> {
    fn complain(&mut self, what: impl std::fmt::Display) {
        eprintln!("evaluate: {what}");
        self.failed = true;
    }

    fn all(&mut self) -> io::Result<()> {
        for directory in &self.arguments.directories {
            self.directory(directory)?;
        }
        write!(self.out, "{}", self.score.table())?;
        self.minima()
    }

    fn directory(&mut self, directory: &Path) -> io::Result<()> {
        let annotations = match gold::annotations(directory) {
            Ok(a) => a,
            Err(e) => {
                self.complain(e);
                return Ok(());
            }
        };
        for path in annotations {
            match Pair::read(&path) {
                Ok(pair) if self.arguments.language.is_none_or(|l| l == pair.gold.language) => self.pair(&pair)?,
                Ok(_) => {}
                Err(e) => self.complain(e),
            }
        }
        Ok(())
    }

    fn pair(&mut self, pair: &Pair) -> io::Result<()> {
        // Figures from a wrong annotation look like any others; so it is said, and what is left of it counts.
        for fault in pair.faults() {
            self.complain(fault);
        }
        let said = match Said::of(&self.extractor.extract(&*pair.text)) {
            Ok(s) => s,
            Err(e) => {
                self.complain(format_args!("{}: {e}", pair.path.display()));
                return Ok(());
            }
        };
        let misses = self.score.add(pair, &said);
        if self.arguments.errors {
            for miss in &misses {
                self.miss(pair, miss)?;
            }
        }
        Ok(())
    }

    fn miss(&mut self, pair: &Pair, miss: &Miss) -> io::Result<()> {
        let (line, column) = pair.position(miss.at);
        let fields = [miss.what, miss.kind, &miss.text, &miss.detail].map(one_line).join("\t");
        writeln!(self.out, "{}:{line}:{column}\t{fields}", pair.path.display())
    }

    fn minima(&mut self) -> io::Result<()> {
        for (kind, least) in &self.arguments.minima {
            let f1 = self.score.row(kind).map_or(0.0, score::Count::f1);
            if f1 < *least {
                writeln!(self.out, "{kind} F1 {f1:.4} < {least}")?;
                self.failed = true;
            }
        }
        Ok(())
    }
}

/// Names may run over the end of a line; a row of the list does not.
fn one_line(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ")
}

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(Some(a)) => a,
        Ok(None) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(e) => {
            eprintln!("evaluate: {e}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let mut run = Run { arguments: &arguments, extractor: Extractor::builtin(), out: io::stdout().lock(), score: Score::default(), failed: false };
    match run.all() {
        Ok(()) => {}
        // A reader that has seen enough is no failure.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(e) => run.complain(e),
    }
    ExitCode::from(u8::from(run.failed))
}
