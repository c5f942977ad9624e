//! Every program of the tutorial prints what is recorded.

use std::collections::BTreeSet;
use std::fs;
use std::thread;

use crate::program::{check, path};

/// The names of the files with this extension, up to the first dot.
fn names(folder: &str, extension: &str) -> BTreeSet<String> {
    let files = fs::read_dir(path(folder)).expect("a folder of this package");
    files
        .map(|file| file.expect("a file of this package").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .filter_map(|path| Some(path.file_name()?.to_str()?.split('.').next()?.to_owned()))
        .collect()
}

#[test]
fn every_program_has_a_record_and_every_record_a_program() {
    assert_eq!(names("tutorial", "rs"), names("tutorial/expected", "txt"));
}

/// All at once: together they take as long as the slowest.
#[test]
fn in_real_time_each_program_prints_what_is_recorded() {
    let programs = names("tutorial", "rs");
    assert!(!programs.is_empty());
    let records = path("tutorial/expected");
    let differences: Vec<_> = thread::scope(|scope| {
        let run = |name| {
            let records = &records;
            scope.spawn(move || check(name, records))
        };
        let runs: Vec<_> = programs.iter().map(String::as_str).map(run).collect();
        runs.into_iter().filter_map(|run| run.join().expect("it does not panic").err()).collect()
    });
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
