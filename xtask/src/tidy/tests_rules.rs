//! One test binary per crate, and no test makes an order come out by waiting for the real clock.

use super::source::Source;
use super::{Finding, Tree};

/// What may lie at the top of a crate's `tests` folder.
const BINARIES: &[&str] = &["it/main.rs", "loom.rs", "main.rs"];

pub(super) fn check(tree: &Tree<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in tree.workspace.published() {
        let paths = tree.sources.iter().map(|source| source.path.as_str());
        findings.extend(binaries(&format!("{}/tests/", member.dir), paths));
    }
    findings.extend(tree.sources.iter().flat_map(waits));
    findings
}

fn binaries<'a>(folder: &str, paths: impl Iterator<Item = &'a str>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for path in paths {
        let Some(inside) = path.strip_prefix(folder) else { continue };
        let is_binary = !inside.contains('/')
            || inside.matches('/').count() == 1 && inside.ends_with("/main.rs");
        if is_binary && !BINARIES.contains(&inside) {
            let what = "a second test binary: make it a module of tests/it/main.rs";
            findings.push(Finding::new(path, 0, what));
        }
    }
    findings
}

fn waits(source: &Source) -> Vec<Finding> {
    let mut lines = source.find(&["thread", ":", ":", "sleep"]);
    lines.extend(source.find(&[".", "elapsed", "("]));
    let now = source.find(&["Instant", ":", ":", "now"]);
    lines.extend(now.into_iter().filter(|line| source.is_in_loop(*line)));
    lines.sort_unstable();
    let mut findings = Vec::new();
    for line in lines.into_iter().filter(|line| source.is_test_line(*line)) {
        let is_named = source.names_around(line).any(|name| name.contains("real"));
        if !is_named {
            let what =
                "a test waits for the real clock: use the virtual one, or call it `real_time`";
            findings.push(Finding::new(&source.path, line, what));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{binaries, waits};
    use crate::tidy::source::made_up;

    #[test]
    fn a_second_test_binary_is_found() {
        let paths = ["c/tests/it/main.rs", "c/tests/it/lock.rs", "c/tests/loom.rs", "d/tests/x.rs"];
        assert_eq!(binaries("c/tests/", paths.into_iter()), []);
        let paths = ["c/tests/lock.rs", "c/tests/more/main.rs", "c/tests/it/sub/main.rs"];
        assert_eq!(binaries("c/tests/", paths.into_iter()).len(), 2);
    }

    fn lines(path: &str, text: &str) -> Vec<usize> {
        waits(&made_up(path, text)).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn waiting_is_found_in_tests_and_allowed_by_name() {
        let sleep = "fn f() {\n    std::thread::sleep(A);\n}";
        assert_eq!(lines("c/tests/it/a.rs", sleep), [2]);
        assert_eq!(lines("c/src/a.rs", sleep), []);
        assert_eq!(lines("c/tests/it/real_time.rs", sleep), []);
        assert_eq!(lines("c/tests/it/a.rs", "fn f_in_real_time() { thread::sleep(A) }"), []);
        assert_eq!(lines("c/src/a.rs", &format!("#[cfg(test)]\nmod tests {{\n{sleep}\n}}")), [4]);
    }

    #[test]
    fn an_instant_is_a_value_until_it_is_waited_for() {
        let path = "c/tests/it/a.rs";
        assert_eq!(lines(path, "fn f() { let a = Instant::now(); }"), []);
        assert_eq!(lines(path, "fn f() { while Instant::now() < a {} }"), [1]);
        assert_eq!(lines(path, "fn f() { assert!(start.elapsed() < a); }"), [1]);
    }
}
