//! Every public item of every crate is reachable through the facade, exactly once.
//!
//! Once by the compiler, which is given the names that users rely on; once by the sources, which
//! say what there is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[expect(unused_imports, reason = "that they are found is the test")]
mod at_the_root {
    use tulipa::{
        EventLoop, LoopHandle, Promise, RunError, Runner, Task, TaskGroup, all_tasks, as_completed,
        create_task, current_task, gather, get_running_loop, run, shield, sleep, timeout,
        timeout_at, wait, yield_now,
    };
    use tulipa::{cancel, context, rt, signal, sync, task, test, time};
}

/// What is at the root: the verbs and types of asyncio that every program uses.
const ROOT: [&str; 22] = [
    "EventLoop",
    "LoopHandle",
    "Promise",
    "RunError",
    "Runner",
    "Task",
    "TaskGroup",
    "all_tasks",
    "as_completed",
    "create_task",
    "current_task",
    "gather",
    "get_running_loop",
    "run",
    "shield",
    "sleep",
    "timeout",
    "timeout_at",
    "try_gather",
    "wait",
    "wait_for",
    "yield_now",
];

const CRATES: [&str; 10] =
    ["cancel", "combine", "context", "loop", "rt", "signal", "sync", "task", "test", "time"];

/// What the facade has in a form of its own, and what another crate has exported before.
const REPLACED: [(&str, &str); 4] =
    [("loop", "EventLoop"), ("loop", "LoopHandle"), ("loop", "RunError"), ("task", "TaskId")];

fn source(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths of all `pub use` in a source, each name of a list with the path before it.
fn exported(source: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for item in source.split("pub use ").skip(1) {
        let item: String = item[..item.find(';').unwrap()].split_whitespace().collect();
        match item.split_once('{') {
            None => paths.push(item),
            Some((path, names)) => {
                let names = names.trim_end_matches('}').split(',').filter(|name| !name.is_empty());
                paths.extend(names.map(|name| format!("{path}{name}")));
            }
        }
    }
    paths
}

fn name(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// The names that a leaf crate exports.
fn public(leaf: &str) -> Vec<String> {
    let source = source(&format!("../tulipa-{leaf}/src/lib.rs"));
    let mut names: Vec<_> = exported(&source).iter().map(|path| name(path).to_owned()).collect();
    for keyword in ["type", "fn", "mod", "struct", "enum", "trait", "const"] {
        for item in source.split(&format!("pub {keyword} ")).skip(1) {
            let end = item.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap();
            names.push(item[..end].to_owned());
        }
    }
    names
}

/// Traits, and a constant: what begins with a capital and is no type.
const NO_TYPES: [&str; 12] = [
    "CancelExt",
    "CancelScopeExt",
    "Clock",
    "Gatherable",
    "POLLS_PER_LOOK",
    "Reactor",
    "Registration",
    "Runtime",
    "Schedule",
    "Timer",
    "TryGatherable",
    "Waitable",
];

/// The public types of all crates.
pub(crate) fn types() -> Vec<String> {
    let names = CRATES.into_iter().flat_map(public);
    let is_type =
        |name: &String| name.starts_with(char::is_uppercase) && !NO_TYPES.contains(&name.as_str());
    names.filter(is_type).chain(["Runner".to_owned()]).collect()
}

/// What the facade takes over from each leaf: path and name.
fn taken_over() -> Vec<String> {
    let (root, modules) = (source("src/lib.rs"), source("src/modules.rs"));
    let all = exported(&root).into_iter().chain(exported(&modules));
    all.filter(|path| path.starts_with("tulipa_")).collect()
}

#[test]
fn every_public_item_of_every_crate_is_exported_once() {
    let taken_over = taken_over();
    let mut wrong = Vec::new();
    for leaf in CRATES {
        let names = public(leaf);
        assert!(!names.is_empty(), "nothing found in tulipa-{leaf}");
        let whole = taken_over.iter().filter(|path| **path == format!("tulipa_{leaf}::*")).count();
        for name in names {
            let path = format!("tulipa_{leaf}::{name}");
            let single = taken_over.iter().filter(|taken| **taken == path).count();
            let expected = usize::from(!REPLACED.contains(&(leaf, &name)));
            if single + whole != expected {
                wrong.push(format!("{path}: {} times, not {expected}", single + whole));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_root_has_exactly_what_every_program_uses() {
    let mut names: Vec<_> = exported(&source("src/lib.rs"))
        .iter()
        .map(|path| name(path).to_owned())
        .filter(|name| name != "*")
        .collect();
    names.sort_unstable();
    assert_eq!(names, ROOT);
}

/// Two items of one name in one module would hide each other, or not compile when used.
#[test]
fn no_name_is_twice_in_one_module() {
    let modules = source("src/modules.rs");
    for module in modules.split("pub mod ").skip(1) {
        let mut counts = BTreeMap::new();
        for path in exported(module) {
            let (leaf, item) = path.trim_start_matches("tulipa_").split_once("::").unwrap();
            let names = if item == "*" { public(leaf) } else { vec![item.to_owned()] };
            for name in names {
                *counts.entry(name).or_insert(0) += 1;
            }
        }
        let twice: Vec<_> = counts.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.is_empty(), "{twice:?} in {}", &module[..module.find('{').unwrap()]);
    }
}
