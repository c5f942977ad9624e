//! The scenarios are whole, they show what can be shown, and docs/conformance.md is what they and
//! the tests make of it.
//!
//! Whether the traces are equal needs a compiler: the section `conformance` holds that.

use super::{Finding, Tree};
use crate::conformance::scenario::FOLDER;
use crate::conformance::{load, table};

pub(super) fn check(tree: &Tree<'_>) -> Vec<Finding> {
    let mut findings = match load(tree.workspace) {
        Ok((_, findings)) => findings,
        Err(error) => vec![Finding::new(FOLDER, 0, error.to_string())],
    };
    match table::of_tree(tree) {
        Ok((page, unshown)) => {
            findings.extend(stale(&page, tree.text(table::PATH).as_deref()));
            let what = |id| format!("no scenario shows {id}, and it is not said to be unseen");
            findings.extend(unshown.into_iter().map(|id| Finding::new(FOLDER, 0, what(id))));
        }
        Err(error) => findings.push(Finding::new(table::PATH, 0, error.to_string())),
    }
    findings
}

fn stale(page: &str, committed: Option<&str>) -> Option<Finding> {
    let what = "stale: run `cargo xtask conformance --table`";
    (committed != Some(page)).then(|| Finding::new(table::PATH, 0, what))
}

#[cfg(test)]
mod tests {
    use super::stale;

    #[test]
    fn a_page_that_is_missing_or_another_one_is_stale() {
        assert_eq!(stale("a\n", Some("a\n")), None);
        assert!(stale("a\n", Some("b\n")).is_some());
        assert!(stale("a\n", None).is_some());
    }
}
