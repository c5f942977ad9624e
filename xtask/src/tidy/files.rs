//! Each file opens with what it is, and nothing half done is left in it.

use super::source::Source;
use super::{Finding, Tree};

/// Tokens that mark unfinished or switched-off code.
const LEFTOVERS: &[(&[&str], &str)] = &[
    (&["todo", "!"], "`todo!`: write it or leave it out"),
    (&["unimplemented", "!"], "`unimplemented!`: write it or leave it out"),
    (&["dbg", "!"], "`dbg!` is for the desk"),
    (&["#", "[", "ignore"], "an ignored test holds nothing: mend it or delete it"),
];

pub(super) fn check(tree: &Tree<'_>) -> Vec<Finding> {
    tree.sources.iter().flat_map(of_file).collect()
}

fn of_file(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    // A file whose docs are a whole README opens with that.
    let opens = ["//!", "#![doc = include_str!("].iter().any(|head| source.text.starts_with(head));
    if !opens {
        findings.push(Finding::new(&source.path, 1, "line 1 must be `//!` and say what this is"));
    }
    for (pattern, what) in LEFTOVERS {
        findings.extend(
            source.find(pattern).into_iter().map(|line| Finding::new(&source.path, line, *what)),
        );
    }
    for (number, line) in source.lines() {
        let line = line.trim_start();
        let fence = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
        let fence = fence.and_then(|doc| doc.trim_start().strip_prefix("```"));
        if fence.is_some_and(|attributes| attributes.split(',').any(|a| a.trim() == "ignore")) {
            let what = "an ignored example is never compiled: make it run, or mark it `text`";
            findings.push(Finding::new(&source.path, number, what));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::of_file;
    use crate::tidy::source::made_up;

    fn lines(text: &str) -> Vec<usize> {
        of_file(&made_up("a.rs", text)).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn the_first_line_says_what_the_file_is() {
        assert_eq!(lines("//! A thing.\nfn f() {}"), []);
        assert_eq!(lines("#![doc = include_str!(\"../README.md\")]\n"), []);
        assert_eq!(lines("// A thing.\n"), [1]);
        assert_eq!(lines(""), [1]);
    }

    #[test]
    fn leftovers_are_found_and_talk_about_them_is_not() {
        assert_eq!(lines("//! No `todo!()`.\nfn f() { todo!() }\nfn g() { \"todo!()\"; }"), [2]);
        assert_eq!(lines("//! A\n#[test]\n#[ignore = \"slow\"]\nfn f() {}"), [3]);
        assert_eq!(
            lines("//! ```ignore\n//! f()\n//! ```\n/// ```no_run\n/// ```\nfn f() {}"),
            [1]
        );
    }
}
