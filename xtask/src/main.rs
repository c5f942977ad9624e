//! The workspace's own commands: `cargo xtask ci` is what every change must pass.
#![forbid(unsafe_code)]

mod ci;
mod command;
mod conformance;
mod readme;
mod tidy;
mod workspace;

use std::error::Error;
use std::process::ExitCode;

use workspace::Workspace;

/// What every command returns; the message is for a person and says what to do.
type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result {
    let mut args = Vec::new();
    for arg in std::env::args_os().skip(1) {
        args.push(arg.into_string().map_err(|arg| format!("argument {arg:?} is not UTF-8"))?);
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        [] | ["help" | "-h" | "--help"] => {
            help();
            Ok(())
        }
        ["ci"] => ci::all(&Workspace::load()?),
        ["bench", rest @ ..] => ci::bench(&Workspace::load()?, rest),
        ["tidy", names @ ..] if !names.is_empty() => tidy::run(&Workspace::load()?, names),
        ["conformance", args @ ..] if !args.is_empty() => {
            conformance::command(&Workspace::load()?, args)
        }
        ["readme", "--write"] => readme::write(&Workspace::load()?),
        [name] => match ci::SECTIONS.iter().find(|section| section.name == *name) {
            Some(section) => section.run_timed(&Workspace::load()?).map(drop),
            None => Err(format!("no command `{name}`; `cargo xtask` lists them").into()),
        },
        [name, ..] => {
            Err(format!("`{name}` is no command with arguments; `cargo xtask` lists them").into())
        }
    }
}

/// The commands that are no sections, or have arguments.
const COMMANDS: &[(&str, &str)] = &[
    ("ci", "every section below in this order, up to the first failure"),
    ("bench [ARGS]", "`cargo bench` of the benches package with ARGS passed on"),
    ("conformance NAME..", "only the named scenarios, or those of the named areas"),
    ("conformance --record PYTHON [NAME..]", "write down what they print on CPython"),
    ("conformance --accept NAME..", "write down what differs by design"),
    ("conformance --table", "write docs/conformance.md"),
    ("readme --write", "copy the root README.md into the facade crate"),
    ("tidy [CHECK..]", "only the named checks of the section"),
];

fn help() {
    println!("Usage: cargo xtask <command>\n\nCommands:");
    for (command, what) in COMMANDS {
        println!("  {command:<37} {what}");
    }
    println!("\nSections, each a command as well:");
    for section in ci::SECTIONS {
        println!("  {:<37} {}", section.name, section.what);
    }
    let checks: Vec<_> = tidy::CHECKS.iter().map(|(name, _)| *name).collect();
    println!("\nChecks of tidy: {}", checks.join(" "));
}
