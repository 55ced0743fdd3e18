//! Reads and compiles `gazetteers/*.toml` with the library's own code and packs them, so that starting costs little.

#![allow(dead_code, reason = "the modules are the library's; a build uses a part of them")]

#[cfg(feature = "builtin")]
mod date;
#[cfg(feature = "builtin")]
mod document;
#[cfg(feature = "builtin")]
mod embed;
#[cfg(feature = "builtin")]
mod error;
#[cfg(feature = "builtin")]
mod kind;
#[cfg(feature = "builtin")]
mod lexicon;
#[cfg(feature = "builtin")]
mod matcher;
#[cfg(feature = "builtin")]
mod pack;
#[cfg(feature = "builtin")]
mod span;
#[cfg(feature = "builtin")]
mod text;
#[cfg(feature = "builtin")]
mod gazetteer {
    pub(crate) mod pack;
    pub(crate) mod read;
    pub(crate) mod record;
    pub(crate) use record::Gazetteer;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=gazetteers");
    println!("cargo::rerun-if-changed=src");
    #[cfg(feature = "builtin")]
    let done = embed::embed();
    #[cfg(not(feature = "builtin"))]
    let done = ExitCode::SUCCESS;
    done
}
