//! Unsafe code is announced at the head of its file and argued at its place, or forbidden.
//!
//! Clippy sees that each block and impl carries a SAFETY comment; here the other half is held: that
//! those lints stay denied, that impls inside macros are seen too, and that a crate without unsafe
//! code says so.

use toml::Value;

use super::source::Source;
use super::{Finding, Tree};

const FORBID: &str = "#![forbid(unsafe_code)]";

/// Lints the rules of unsafe code rest on.
const DENIED: &[(&str, &str)] =
    &[("clippy", "undocumented_unsafe_blocks"), ("rust", "unsafe_op_in_unsafe_fn")];

pub(super) fn check(tree: &Tree<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let lints = tree.workspace.manifest["workspace"].get("lints");
    for (tool, lint) in DENIED {
        let level = lints.and_then(|lints| lints.get(tool)?.get(lint)).and_then(Value::as_str);
        if level != Some("deny") {
            let what = format!("[workspace.lints.{tool}] must say `{lint} = \"deny\"`");
            findings.push(Finding::new("Cargo.toml", 0, what));
        }
    }
    for member in &tree.workspace.members {
        let src = format!("{}/src/", member.dir);
        let files = tree.sources.iter().filter(|source| source.path.starts_with(&src));
        findings.extend(of_crate(&src, &files.collect::<Vec<_>>()));
    }
    findings.extend(tree.sources.iter().flat_map(of_file));
    findings
}

fn of_crate(src: &str, files: &[&Source]) -> Option<Finding> {
    let is_root =
        |file: &&&Source| ["lib.rs", "main.rs"].iter().any(|n| file.path == format!("{src}{n}"));
    let root = files.iter().find(is_root)?;
    let is_unsafe = files.iter().any(|file| !file.find(&["unsafe"]).is_empty());
    let forbids = root.text.lines().any(|line| line == FORBID);
    let what = format!("this crate has no unsafe code: say `{FORBID}`");
    (!is_unsafe && !forbids).then(|| Finding::new(&root.path, 0, what))
}

fn of_file(source: &Source) -> Vec<Finding> {
    let impls = source.find(&["unsafe", "impl"]);
    let mut findings = Vec::new();
    let has_unsafe = !impls.is_empty() || !source.find(&["unsafe", "{"]).is_empty();
    let is_announced = source.head().any(|line| line == "//! # Protocol" || line == "//! # Safety");
    if has_unsafe && !is_announced {
        let what = "a file with unsafe code has a section `# Protocol` or `# Safety` at its head";
        findings.push(Finding::new(&source.path, 0, what));
    }
    for line in impls.into_iter().filter(|line| !is_argued(&source.text, *line)) {
        findings.push(Finding::new(&source.path, line, "`unsafe impl` without a SAFETY comment"));
    }
    findings
}

/// Whether the comments right above the line hold a SAFETY comment; attributes may stand between.
fn is_argued(text: &str, line: usize) -> bool {
    let above: Vec<_> = text.lines().take(line - 1).map(str::trim_start).collect();
    let near =
        above.iter().rev().take_while(|line| line.starts_with("//") || line.starts_with('#'));
    near.into_iter().any(|line| line.contains("SAFETY:"))
}

#[cfg(test)]
mod tests {
    use super::{of_crate, of_file};
    use crate::tidy::source::made_up;

    #[test]
    fn a_crate_without_unsafe_code_forbids_it() {
        let root = made_up("c/src/lib.rs", "//! No `unsafe` here.\n");
        let other = made_up("c/src/a.rs", "fn f() { unsafe {} }");
        let forbids = made_up("c/src/lib.rs", "#![forbid(unsafe_code)]\n");
        assert!(of_crate("c/src/", &[&root]).is_some());
        assert_eq!(of_crate("c/src/", &[&other, &root]), None);
        assert_eq!(of_crate("c/src/", &[&forbids]), None);
    }

    #[test]
    fn a_file_with_unsafe_code_announces_it() {
        assert_eq!(of_file(&made_up("a.rs", "//! A\nfn f() { unsafe {} }")).len(), 1);
        assert_eq!(of_file(&made_up("a.rs", "//! # Protocol\nfn f() { unsafe {} }")), []);
    }

    #[test]
    fn an_unsafe_impl_is_argued_right_above() {
        let head = "//! # Safety\nstruct A;\n";
        let bare = made_up("a.rs", &format!("{head}unsafe impl Send for A {{}}"));
        let argued = "// SAFETY: `A` is empty,\n// and that is all.\n#[cfg(unix)]\n";
        let argued = made_up("a.rs", &format!("{head}{argued}unsafe impl Send for A {{}}"));
        assert_eq!(of_file(&bare).len(), 1);
        assert_eq!(of_file(&argued), []);
    }
}
