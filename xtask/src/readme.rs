//! The root README.md and the facade's copy of it: one text, and its programs run as doctests.
//!
//! The facade includes its own copy as crate docs (a package may not reach outside its folder), so
//! what the front page shows compiles. The root's file is the one to edit.

use std::path::PathBuf;

use crate::Result;
use crate::workspace::{Workspace, read};

const ATTRIBUTE: &str = "#![doc = include_str!(\"../README.md\")]";

/// Fails unless the two files are equal and the facade's docs are made from its copy.
pub(crate) fn check(workspace: &Workspace) -> Result {
    let (root, copy) = paths(workspace);
    let lib = read(&workspace.root.join("crates/tulipa/src/lib.rs"))?;
    compare(&read(&root)?, &read(&copy)?, &lib).map_err(Into::into)
}

/// Copies the root's README.md into the facade crate.
pub(crate) fn write(workspace: &Workspace) -> Result {
    let (root, copy) = paths(workspace);
    std::fs::write(&copy, read(&root)?)
        .map_err(|error| format!("cannot write {}: {error}", copy.display()).into())
}

fn paths(workspace: &Workspace) -> (PathBuf, PathBuf) {
    (workspace.root.join("README.md"), workspace.root.join("crates/tulipa/README.md"))
}

fn compare(root: &str, copy: &str, lib: &str) -> std::result::Result<(), String> {
    if !lib.lines().any(|line| line == ATTRIBUTE) {
        return Err(format!("crates/tulipa/src/lib.rs lacks the line `{ATTRIBUTE}`"));
    }
    if root != copy {
        return Err("crates/tulipa/README.md differs from README.md".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{ATTRIBUTE, compare};

    #[test]
    fn equal_texts_and_the_attribute_pass() {
        assert_eq!(compare("a\n", "a\n", &format!("{ATTRIBUTE}\npub mod a;\n")), Ok(()));
    }

    #[test]
    fn a_stale_copy_and_a_missing_attribute_fail() {
        assert!(compare("a\n", "b\n", ATTRIBUTE).is_err());
        assert!(compare("a\n", "a\n", "//! a\n").is_err());
    }
}
