//! The code map of docs/architecture.md names exactly the crates that exist.
//!
//! A map with no test drifts: it goes on showing what is gone.

use std::collections::BTreeSet;

use super::{Finding, Tree};
use crate::workspace::Member;

const PATH: &str = "docs/architecture.md";

pub(super) fn check(tree: &Tree<'_>) -> Vec<Finding> {
    let published: Vec<_> = tree.workspace.published().map(Member::name).collect();
    let all: Vec<_> = tree.workspace.members.iter().map(Member::name).collect();
    match tree.text(PATH) {
        Some(text) => compare(&text, &published, &all),
        None => vec![Finding::new(PATH, 0, "the file is missing")],
    }
}

fn compare(text: &str, published: &[&str], all: &[&str]) -> Vec<Finding> {
    let Some(map) = section(text) else {
        return vec![Finding::new(PATH, 0, "no section whose heading says `Code map`")];
    };
    let named: BTreeSet<&str> = map.split('`').skip(1).step_by(2).filter_map(crate_name).collect();
    let missing = published.iter().filter(|name| !named.contains(**name));
    let missing = missing.map(|name| format!("the code map lacks `{name}`"));
    let gone = named.iter().filter(|name| !all.contains(*name));
    let gone = gone.map(|name| format!("the code map names `{name}`, which does not exist"));
    missing.chain(gone).map(|what| Finding::new(PATH, 0, what)).collect()
}

/// The text from the heading that says `Code map` to the next heading of its level or above.
fn section(text: &str) -> Option<String> {
    let level = |line: &str| line.len() - line.trim_start_matches('#').len();
    let mut lines = text.lines();
    let heading =
        lines.find(|line| line.starts_with('#') && line.to_lowercase().contains("code map"))?;
    let inside = lines.take_while(|line| !line.starts_with('#') || level(line) > level(heading));
    Some(inside.collect::<Vec<_>>().join("\n"))
}

/// `tulipa-x` and `crates/tulipa-x/` name a crate; `tulipa::x` and other code doesn't.
fn crate_name(code: &str) -> Option<&str> {
    let name = code.strip_prefix("crates/").unwrap_or(code).trim_end_matches('/');
    let rest = name.strip_prefix("tulipa")?;
    let is_name = rest.chars().all(|c| c == '-' || c.is_ascii_lowercase());
    (is_name && (rest.is_empty() || rest.starts_with('-'))).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::compare;

    fn found(text: &str) -> usize {
        compare(text, &["tulipa", "tulipa-rt"], &["tulipa", "tulipa-rt", "xtask"]).len()
    }

    #[test]
    fn a_map_of_what_exists_passes() {
        assert_eq!(found("# A\n## Code map\n### `tulipa`\n`crates/tulipa-rt/`: `tulipa::rt`\n"), 0);
    }

    #[test]
    fn what_is_missing_gone_or_elsewhere_is_found() {
        assert_eq!(found("## Code map\n`tulipa`\n## Next\n`tulipa-rt`\n"), 1);
        assert_eq!(found("## Code map\n`tulipa` `tulipa-rt` `tulipa-net`\n"), 1);
        assert_eq!(found("## Map\n"), 1);
    }
}
