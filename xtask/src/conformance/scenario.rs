//! [`Scenario`]: what lies in the folder of scenarios, and whether it is whole.
//!
//! A scenario is `<area>/<name>.rs` and `.py`, with CPython's trace in `.txt`; one that differs by
//! design has tulipa's in `.tulipa.txt`. What it shows stands at the head of both programs.

use std::collections::BTreeMap;

use crate::Result;
use crate::tidy::Finding;
use crate::tidy::statements::{exists, ids};
use crate::workspace::{Workspace, read};

/// Where they lie, below the workspace's root.
pub(crate) const FOLDER: &str = "conformance/scenarios";

/// What a file of a scenario ends with; the longer one first.
const ENDINGS: &[&str] = &[".tulipa.txt", ".txt", ".py", ".rs"];

/// The files below [`FOLDER`], by their path in it.
pub(crate) type Files = BTreeMap<String, String>;

/// One scenario as it lies on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scenario {
    /// `<area>/<name>`.
    pub(crate) name: String,
    /// The statements it shows.
    pub(crate) ids: Vec<String>,
    /// Why tulipa's trace is another one.
    pub(crate) differs: Option<String>,
    /// CPython's trace.
    pub(crate) recorded: Option<String>,
    /// tulipa's trace, where it differs.
    pub(crate) tulipa: Option<String>,
    /// Whether its Python program is a whole one, on the real clock.
    pub(crate) is_whole: bool,
}

impl Scenario {
    /// What tulipa must print.
    pub(crate) fn expected(&self) -> &str {
        self.tulipa.as_ref().or(self.recorded.as_ref()).map_or("", String::as_str)
    }

    /// The path of one of its files from the workspace's root.
    pub(crate) fn path(&self, ending: &str) -> String {
        format!("{FOLDER}/{}{ending}", self.name)
    }
}

/// Reads the folder.
pub(crate) fn files(workspace: &Workspace) -> Result<Files> {
    let mut files = Files::new();
    let folder = workspace.root.join(FOLDER);
    let list = |path: &std::path::Path| {
        std::fs::read_dir(path).map_err(|error| format!("cannot list {}: {error}", path.display()))
    };
    for area in list(&folder)? {
        let area = area?;
        if !area.file_type()?.is_dir() {
            continue;
        }
        for file in list(&area.path())? {
            let file = file?;
            let path = file.path();
            let inside = path.strip_prefix(&folder)?.to_str().ok_or("a name is not UTF-8")?;
            if file.file_type()?.is_file() && !inside.ends_with("/mod.rs") {
                files.insert(inside.to_owned(), read(&path)?);
            }
        }
    }
    Ok(files)
}

/// The scenarios of these files in order of name, and what is wrong with them. `rows` are the
/// statements that docs/differences.md lists.
pub(crate) fn parse(files: &Files, rows: impl Fn(&str) -> bool) -> (Vec<Scenario>, Vec<Finding>) {
    let (mut scenarios, mut findings) = (Vec::new(), Vec::new());
    let mut find = |path: &str, what: String| {
        findings.push(Finding::new(&format!("{FOLDER}/{path}"), 0, what));
    };
    for (path, text) in files {
        let Some(ending) = ENDINGS.iter().find(|ending| path.ends_with(*ending)) else {
            find(path, "no file of a scenario has such a name".into());
            continue;
        };
        let name = path.strip_suffix(ending).unwrap_or(path);
        let file = |ending: &str| files.get(&format!("{name}{ending}"));
        if *ending != ".rs" {
            if file(".rs").is_none() {
                find(path, format!("there is no {name}.rs"));
            }
            continue;
        }
        let head = rust_head(text);
        let scenario = Scenario {
            name: name.to_owned(),
            ids: shown(&head[0]).unwrap_or_default(),
            differs: head.iter().find_map(|text| Some(text.strip_prefix("Differs: ")?.to_owned())),
            recorded: file(".txt").cloned(),
            tulipa: file(".tulipa.txt").cloned(),
            is_whole: file(".py").is_some_and(|text| text.contains("\ndef main(")),
        };
        for what in wrongs(&scenario, &head[0], file(".py"), &rows) {
            find(path, what);
        }
        scenarios.push(scenario);
    }
    (scenarios, findings)
}

/// What is wrong with one of them.
fn wrongs(
    scenario: &Scenario,
    head: &str,
    python: Option<&String>,
    rows: &impl Fn(&str) -> bool,
) -> Vec<String> {
    let mut wrongs = Vec::new();
    if scenario.ids.is_empty() {
        wrongs.push("line 1 must be `//! S-LOCK-3, S-LOCK-4: what it shows.`".into());
    }
    let unknown = scenario.ids.iter().filter(|id| !exists(id));
    wrongs.extend(unknown.map(|id| format!("there is no statement {id}")));
    match python {
        None => wrongs.push("the Python program is missing".into()),
        Some(text) if python_head(text).as_deref() != Some(head) => {
            wrongs.push("the Python program must open with the same words in `\"\"\"`".into());
        }
        Some(_) => {}
    }
    if scenario.recorded.is_none() {
        let name = &scenario.name;
        wrongs.push(format!("not recorded: `cargo xtask conformance --record PYTHON {name}`"));
    }
    match (&scenario.differs, &scenario.tulipa) {
        (Some(reason), Some(_)) => {
            let ids = ids(reason);
            if ids.is_empty() || !ids.iter().all(|id| rows(id)) {
                wrongs.push("`Differs:` must name statements with a row in differences.md".into());
            }
            if scenario.tulipa == scenario.recorded {
                wrongs.push("both traces are equal: nothing differs".into());
            }
        }
        (Some(_), None) => wrongs.push("it differs: tulipa's trace goes to `.tulipa.txt`".into()),
        (None, Some(_)) => wrongs.push("it has two traces, so say `//! Differs: <why>`".into()),
        (None, None) => {}
    }
    wrongs
}

/// The paragraphs of the `//!` lines at the head; at least one.
fn rust_head(text: &str) -> Vec<String> {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    paragraphs(lines)
}

/// The first paragraph of the docstring at the head.
fn python_head(text: &str) -> Option<String> {
    let (head, _) = text.strip_prefix("\"\"\"")?.split_once("\"\"\"")?;
    Some(paragraphs(head.lines()).swap_remove(0))
}

fn paragraphs<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in lines.map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs
}

/// The ids before the colon, if there is nothing else.
fn shown(head: &str) -> Option<Vec<String>> {
    let (list, _) = head.split_once(": ")?;
    let found = ids(list);
    (found.join(", ") == list && !found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::{Files, Scenario, parse};

    const RUST: &str = "//! S-LOCK-1, S-LOCK-3: a lock\n//! is fair.\n\nfn main() {}\n";
    const PYTHON: &str = "\"\"\"S-LOCK-1, S-LOCK-3: a lock is fair.\"\"\"\n\nasync def main():\n";

    fn parsed(files: &[(&str, &str)]) -> (Vec<Scenario>, Vec<String>) {
        let files: Files =
            files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
        let (scenarios, findings) = parse(&files, |id| id == "S-LOCK-3");
        (scenarios, findings.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_whole_scenario_is_read() {
        let files = [("lock/fair.rs", RUST), ("lock/fair.py", PYTHON), ("lock/fair.txt", "a\n")];
        let (scenarios, findings) = parsed(&files);
        assert_eq!(findings, [""; 0]);
        assert_eq!(scenarios[0].name, "lock/fair");
        assert_eq!(scenarios[0].ids, ["S-LOCK-1", "S-LOCK-3"]);
        assert_eq!(scenarios[0].expected(), "a\n");
        assert!(!scenarios[0].is_whole);
    }

    #[test]
    fn what_is_missing_or_alone_is_found() {
        let (_, findings) = parsed(&[("lock/fair.rs", RUST)]);
        assert_eq!(findings.len(), 2, "no program and no recording: {findings:?}");
        let (_, findings) = parsed(&[("lock/fair.py", PYTHON), ("lock/fair.txt", ""), ("a/b", "")]);
        assert_eq!(findings.len(), 3, "{findings:?}");
    }

    #[test]
    fn both_programs_open_with_the_same_words() {
        for (rust, python) in [
            (RUST, "\"\"\"S-LOCK-1: a lock is fair.\"\"\"\n"),
            ("//! A lock is fair.\n", "\"\"\"A lock is fair.\"\"\"\n"),
            ("//! S-LOCK-99: fair.\n", "\"\"\"S-LOCK-99: fair.\"\"\"\n"),
        ] {
            let files = [("lock/fair.rs", rust), ("lock/fair.py", python), ("lock/fair.txt", "")];
            assert_eq!(parsed(&files).1.len(), 1, "{rust}");
        }
    }

    #[test]
    fn a_difference_has_a_reason_with_a_row_and_two_traces() {
        let found = |reason: &str, tulipa: &str| {
            let rust = RUST.replace("\n\nfn", &format!("\n//!\n//! Differs: {reason}\n\nfn"));
            let files = [
                ("lock/fair.rs", &*rust),
                ("lock/fair.py", PYTHON),
                ("lock/fair.txt", "a\n"),
                ("lock/fair.tulipa.txt", tulipa),
            ];
            parsed(&files).1.len()
        };
        assert_eq!(found("S-LOCK-3: because.", "b\n"), 0);
        assert_eq!(found("because.", "b\n"), 1);
        assert_eq!(found("S-LOCK-1: has no row.", "b\n"), 1);
        assert_eq!(found("S-LOCK-3: because.", "a\n"), 1);
        let files = [("lock/fair.rs", RUST), ("lock/fair.py", PYTHON), ("lock/fair.txt", "a\n")];
        let two = [&files[..], &[("lock/fair.tulipa.txt", "b\n")]].concat();
        assert_eq!(parsed(&two).1.len(), 1, "two traces and no reason");
    }
}
