//! The gazetteers of this repository as bytes for the library to embed.
//!
//! What is wrong in a file stops the build, with every finding.

use crate::gazetteer::Gazetteer;
use crate::gazetteer::pack::Rest;
use crate::gazetteer::read::{Source, read};
use crate::lexicon::{self, Names};
use crate::pack::{self, Pack};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The order of reading: the grammar first, so that its frequent words get the small numbers.
const FILES: &[&str] = &[
    "grammar.toml",
    "words.toml",
    "portfolios.toml",
    "roles.toml",
    "countries.toml",
    "places.toml",
    "ministries.toml",
    "organizations.toml",
    "ranks.toml",
    "titles.toml",
    "families.toml",
    "mechanisms.toml",
    "agreements.toml",
    "initiatives.toml",
    "people-vn.toml",
    "people-jp.toml",
    "people-others.toml",
];

/// Reads, compiles and packs.
pub(crate) fn embed() -> ExitCode {
    let folder = Path::new("gazetteers");
    let (mut g, mut findings) = (Gazetteer::default(), Vec::new());
    for (i, name) in FILES.iter().enumerate() {
        let text = match std::fs::read_to_string(folder.join(name)) {
            Ok(t) => t,
            Err(e) => {
                println!("cargo::error=gazetteers/{name}: {e}");
                return ExitCode::FAILURE;
            }
        };
        g.files.push((*name).to_string());
        read(&Source::new(name, &text, i as u32), &mut g, &mut findings);
    }
    for f in &findings {
        println!("cargo::error=gazetteers/{f}");
    }
    let unlisted = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.file_name())
        .find(|n| n.to_str().is_some_and(|n| n.ends_with(".toml") && !FILES.contains(&n)));
    if let Some(name) = &unlisted {
        println!("cargo::error=gazetteers/{} is not in the list of src/build.rs", name.to_string_lossy());
    }
    if !findings.is_empty() || unlisted.is_some() {
        return ExitCode::FAILURE;
    }
    let lexicon = match lexicon::build(&g) {
        Ok(compiled) => compiled,
        Err(e) => {
            println!("cargo::error=gazetteers: {e}");
            return ExitCode::FAILURE;
        }
    };
    let (entities, compiled, mut records) = (pack::write(&lexicon.entities), pack::write(&lexicon), pack::write(&g));
    g.records.iter().map(Rest::of).collect::<Vec<_>>().put(&mut records);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let parts = [
        ("entities.bin", pack::squeeze(&entities.numbers)),
        ("entities.txt", entities.text.into_bytes()),
        ("lexicon.bin", pack::squeeze(&compiled.numbers)),
        ("lexicon.txt", compiled.text.into_bytes()),
        ("names.bin", Names::put(&lexicon)),
        ("records.bin", pack::squeeze(&records.numbers)),
        ("records.txt", pack::squeeze(records.text.as_bytes())),
    ];
    for (name, bytes) in parts {
        if let Err(e) = std::fs::write(out.join(name), bytes) {
            println!("cargo::error={name}: {e}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
