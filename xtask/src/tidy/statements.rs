//! Every numbered statement about asyncio's behaviour is held by a test or listed as a difference.
//!
//! A statement is held when test code names it; whoever breaks it then finds the promise in words.
//! What the documents claim must in turn exist: an id is held, or has its row.

use std::collections::BTreeSet;

use super::{Finding, Tree};

const DIFFERENCES: &str = "docs/differences.md";

/// Statements `S-<name>-1` to `S-<name>-<count>`.
#[derive(Debug)]
struct Family {
    name: &'static str,
    count: usize,
    required: bool,
}

/// Each statement must be held now.
const fn required(name: &'static str, count: usize) -> Family {
    Family { name, count, required: true }
}

/// Belongs to what is not built yet, or not whole: only what the documents claim must be held.
const fn later(name: &'static str, count: usize) -> Family {
    Family { name, count, required: false }
}

const FAMILIES: &[Family] = &[
    required("LOOP", 20),
    required("FUT", 9),
    required("TASK", 9),
    required("CANCEL", 15),
    required("LOCK", 6),
    required("EVENT", 1),
    required("COND", 4),
    required("SEM", 4),
    required("BARRIER", 5),
    required("QUEUE", 7),
    required("WAITFOR", 7),
    required("TIMEOUT", 8),
    required("TG", 14),
    required("GATHER", 8),
    required("WAIT", 4),
    required("ASCOMP", 3),
    required("SHIELD", 4),
    required("THREAD", 1),
    required("RUN", 8),
    later("SIG", 3),
    later("PROC", 6),
    later("CONN", 2),
    later("SERVER", 7),
    later("PROTO", 6),
    later("STREAM", 15),
    later("GRAPH", 1),
    later("ERR", 3),
];

pub(super) fn check(tree: &Tree<'_>) -> Vec<Finding> {
    let mut held = BTreeSet::new();
    // xtask's own tests make ids up.
    for source in tree.sources.iter().filter(|source| !source.path.starts_with("xtask/")) {
        let lines = source.lines().filter(|(number, _)| source.is_test_line(*number));
        held.extend(lines.flat_map(|(_, line)| ids(line)));
    }
    held.extend(rows(&tree.text(DIFFERENCES).unwrap_or_default()));
    let mut findings = unheld(FAMILIES, &held);
    for path in documents(tree) {
        let text = tree.text(&path).unwrap_or_default();
        findings.extend(empty_claims(FAMILIES, &held, &path, &text));
    }
    findings
}

/// docs/differences.md and docs/conformance*.md: the documents that claim statements.
fn documents(tree: &Tree<'_>) -> Vec<String> {
    let entries = std::fs::read_dir(tree.workspace.root.join("docs")).into_iter().flatten();
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let claims = names.filter(|name| name == "differences.md" || name.starts_with("conformance"));
    let mut paths: Vec<_> = claims.map(|name| format!("docs/{name}")).collect();
    paths.sort();
    paths
}

fn all(family: &Family) -> impl Iterator<Item = String> {
    (1..=family.count).map(|number| format!("S-{}-{number}", family.name))
}

fn unheld(families: &[Family], held: &BTreeSet<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for family in families.iter().filter(|family| family.required) {
        let missing: Vec<_> = all(family).filter(|id| !held.contains(id)).collect();
        if !missing.is_empty() {
            let what = format!("no test names, and no row lists: {}", missing.join(" "));
            findings.push(Finding::new(DIFFERENCES, 0, what));
        }
    }
    findings
}

fn empty_claims(
    families: &[Family],
    held: &BTreeSet<String>,
    path: &str,
    text: &str,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for id in ids(line) {
            if !exists_in(families, &id) {
                findings.push(Finding::new(path, number, format!("there is no statement {id}")));
            } else if !held.contains(&id) {
                let what = format!("{id} is claimed, but no test names it and no row lists it");
                findings.push(Finding::new(path, number, what));
            }
        }
    }
    findings
}

/// The ids of a family, in order; none if there is no such family.
pub(crate) fn statements(family: &str) -> impl Iterator<Item = String> {
    let found = FAMILIES.iter().find(|known| known.name == family);
    found.into_iter().flat_map(all)
}

/// Whether there is a statement of this id.
pub(crate) fn exists(id: &str) -> bool {
    exists_in(FAMILIES, id)
}

/// The ids in the rows of the tables of a document.
pub(crate) fn rows(text: &str) -> BTreeSet<String> {
    text.lines().filter(|line| line.trim_start().starts_with('|')).flat_map(ids).collect()
}

fn exists_in(families: &[Family], id: &str) -> bool {
    families.iter().any(|family| {
        let number = id.strip_prefix("S-").and_then(|id| id.strip_prefix(family.name));
        let number = number.and_then(|rest| rest.strip_prefix('-')?.parse().ok());
        number.is_some_and(|number: usize| (1..=family.count).contains(&number))
    })
}

/// The statement ids in a line: `S-`, capitals, `-`, a number.
pub(crate) fn ids(line: &str) -> Vec<String> {
    let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let is_id = |word: &&str| {
        let mut parts = word.split('-');
        parts.next() == Some("S")
            && parts.next().is_some_and(|name| name.chars().all(|c| c.is_ascii_uppercase()))
            && parts.next().is_some_and(|number| number.parse::<usize>().is_ok())
            && parts.next().is_none()
    };
    words.filter(is_id).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{BTreeSet, Family, empty_claims, ids, later, required, rows, unheld};

    const FAMILIES: &[Family] = &[required("LOCK", 3), later("RUN", 2)];

    fn set(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn ids_are_whole_words() {
        assert_eq!(ids("asyncio statement S-LOCK-3, (S-RUN-1)."), ["S-LOCK-3", "S-RUN-1"]);
        assert_eq!(ids("S-LOCK XS-LOCK-1 S-lock-1 S-LOCK-x S-LOCK-1-2"), [""; 0]);
    }

    #[test]
    fn only_the_rows_of_a_table_list_a_statement() {
        assert_eq!(rows("S-LOCK-2 in prose\n| S-LOCK-3 | differs |\n"), set(&["S-LOCK-3"]));
    }

    #[test]
    fn each_statement_of_a_required_family_is_held() {
        let found = unheld(FAMILIES, &set(&["S-LOCK-1", "S-LOCK-3"]));
        assert_eq!(found.len(), 1);
        assert!(found[0].what.ends_with(": S-LOCK-2"));
    }

    #[test]
    fn what_a_document_claims_exists_and_is_held() {
        let text = "S-LOCK-1\nS-LOCK-9\nS-RUN-2\n";
        let found = empty_claims(FAMILIES, &set(&["S-LOCK-1"]), "docs/conformance.md", text);
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2, 3]);
    }
}
