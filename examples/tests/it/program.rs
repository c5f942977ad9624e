//! Starts an example and compares what it prints with what is recorded in a file.
//!
//! A record is what the program prints to standard output and, if it prints anything to standard
//! error, a line that says so and that. Line and column of source locations are left out.
//!
//! Where asyncio promises no order there may be a second record, for a late machine: a loop that
//! stops runs what is due, and if the machine paused the program for a millisecond before a timer
//! was set, that timer is not due yet.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str;

/// A folder or file of this package.
pub(crate) fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// Runs an example in real time; `Err` tells how it differs from `<name>.txt` in a folder, and
/// from `<name>.late.txt` if there is one.
pub(crate) fn check(name: &str, folder: &Path) -> Result<(), String> {
    let record = folder.join(format!("{name}.txt"));
    let expected =
        fs::read_to_string(&record).map_err(|error| format!("{}: {error}", record.display()))?;
    let actual = run(name)?;
    let late = fs::read_to_string(folder.join(format!("{name}.late.txt")));
    if actual == expected || late.is_ok_and(|late| actual == late) {
        return Ok(());
    }
    let same = actual.lines().zip(expected.lines()).take_while(|(ours, record)| ours == record);
    let (record, line) = (record.display(), same.count() + 1);
    Err(format!("{name} differs from {record} at line {line}; it printed:\n{actual}"))
}

/// What an example prints, as it would be recorded.
fn run(name: &str) -> Result<String, String> {
    let program = executable(name);
    let output = Command::new(&program).output().map_err(|error| {
        let program = program.display();
        format!("{program}: {error}; `cargo build -p tulipa-examples --examples` makes it")
    })?;
    if !output.status.success() {
        return Err(format!("{name} ended with {}", output.status));
    }
    let text = |bytes| str::from_utf8(bytes).map_err(|error| format!("{name}: {error}"));
    let mut printed = text(&output.stdout)?.to_owned();
    if !output.stderr.is_empty() {
        printed += "[standard error]\n";
        printed += text(&output.stderr)?;
    }
    Ok(without_numbers(&printed))
}

/// Cargo puts examples into a folder beside that of the tests.
pub(crate) fn executable(name: &str) -> PathBuf {
    let test = env::current_exe().expect("the running test is a file");
    let profile = test.ancestors().nth(2).expect("tests lie in target/<profile>/deps");
    profile.join("examples").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// Takes line and column out of source locations: they move with every edit.
fn without_numbers(text: &str) -> String {
    let mut parts = text.split(".rs:");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        result += ".rs:LINE:COLUMN";
        result += part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    }
    result
}

#[test]
fn source_locations_are_compared_without_line_and_column() {
    let task = "<Task pending spawned at examples/tutorial/a.rs:16:31>\n<Task at b.rs:1:2>";
    let bare = "<Task pending spawned at examples/tutorial/a.rs:LINE:COLUMN>\n\
                <Task at b.rs:LINE:COLUMN>";
    assert_eq!(without_numbers(task), bare);
    assert_eq!(without_numbers("no place"), "no place");
}
