//! `cargo xtask tidy`: the rules of docs/style.md that can be held without compiling.
//!
//! Each check is a file with a pure function from text to findings, tested on small made-up texts,
//! and a `check` that feeds the tree to it.

mod async_docs;
mod code_map;
mod conformance;
mod files;
mod layers;
mod manifests;
mod sizes;
mod source;
pub(crate) mod statements;
mod tests_rules;
mod unsafety;

use std::fmt;

use crate::Result;
use crate::workspace::{Workspace, read};
use source::Source;

/// What the checks look at.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) sources: Vec<Source>,
}

/// One broken rule: where, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    path: String,
    /// 0 when the finding is about the whole file.
    line: usize,
    what: String,
}

/// One rule, or a few that need the same look: its name and what finds where it is broken.
type Check = (&'static str, fn(&Tree<'_>) -> Vec<Finding>);

/// All checks, in the order in which they report.
pub(crate) const CHECKS: &[Check] = &[
    ("manifests", manifests::check),
    ("layers", layers::check),
    ("sizes", sizes::check),
    ("files", files::check),
    ("unsafe", unsafety::check),
    ("async-docs", async_docs::check),
    ("tests", tests_rules::check),
    ("code-map", code_map::check),
    ("statements", statements::check),
    ("conformance", conformance::check),
];

impl<'a> Tree<'a> {
    /// Reads and parses every source.
    pub(crate) fn load(workspace: &'a Workspace) -> Result<Self> {
        let mut sources = Vec::new();
        for (path, text) in workspace.sources()? {
            sources.push(Source::parse(path, text)?);
        }
        Ok(Tree { workspace, sources })
    }

    /// A file that isn't Rust, by its path from the root.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        read(&self.workspace.root.join(path)).ok()
    }
}

impl Finding {
    pub(crate) fn new(path: &str, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

/// Runs the named checks, or all, and prints every finding before it fails.
pub(crate) fn run(workspace: &Workspace, names: &[&str]) -> Result {
    if let Some(name) = names.iter().find(|name| CHECKS.iter().all(|check| check.0 != **name)) {
        return Err(format!("tidy has no check `{name}`; `cargo xtask` lists them").into());
    }
    let tree = Tree::load(workspace)?;
    let mut count = 0;
    for (name, check) in CHECKS {
        if names.is_empty() || names.contains(name) {
            let findings = check(&tree);
            count += findings.len();
            println!("{name:<11} {}", plural(findings.len()));
            for finding in findings {
                println!("  {finding}");
            }
        }
    }
    if count == 0 { Ok(()) } else { Err(plural(count).into()) }
}

fn plural(count: usize) -> String {
    match count {
        0 => "ok".into(),
        1 => "1 finding".into(),
        _ => format!("{count} findings"),
    }
}
