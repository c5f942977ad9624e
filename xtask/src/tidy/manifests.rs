//! What every Cargo.toml must say: metadata of what is published, the shared lints, its own name.

use toml::Value;

use super::{Finding, Tree};
use crate::workspace::Member;

/// Keys of `[package]` that the registry shows.
const METADATA: &[&str] =
    &["description", "license", "repository", "readme", "keywords", "categories"];

pub(super) fn check(tree: &Tree<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in &tree.workspace.members {
        findings.extend(of_member(member));
        let readme = format!("{}/README.md", member.dir);
        if member.is_published() && tree.text(&readme).is_none() {
            findings.push(Finding::new(&readme, 0, "a published crate has a README.md"));
        }
    }
    findings
}

fn of_member(member: &Member) -> Vec<Finding> {
    let mut whats = Vec::new();
    if member.is_published() {
        let missing = METADATA.iter().filter(|key| member.package(key).is_none());
        whats.extend(missing.map(|key| {
            format!("[package] lacks `{key}`; what isn't published says `publish = false`")
        }));
        let folder = member.dir.rsplit('/').next();
        if folder != Some(member.name()) {
            whats.push(format!("the folder of `{}` must have its name", member.name()));
        }
    }
    let lints = member.manifest.get("lints").and_then(|lints| lints.get("workspace"));
    if lints.and_then(Value::as_bool) != Some(true) {
        whats.push("say `workspace = true` under [lints]".into());
    }
    let path = format!("{}/Cargo.toml", member.dir);
    whats.into_iter().map(|what| Finding::new(&path, 0, what)).collect()
}

#[cfg(test)]
mod tests {
    use super::of_member;
    use crate::workspace::Member;

    fn found(dir: &str, manifest: &str) -> usize {
        let manifest = manifest.parse().expect("the text of the test parses");
        of_member(&Member { dir: dir.to_owned(), manifest }).len()
    }

    #[test]
    fn what_is_published_has_metadata_and_its_own_folder() {
        let whole = "[package]\nname = 'a'\ndescription = ''\nlicense.workspace = true\n\
                     repository = ''\nreadme = ''\nkeywords = []\ncategories = []\n\
                     [lints]\nworkspace = true\n";
        assert_eq!(found("crates/a", whole), 0);
        assert_eq!(found("crates/b", whole), 1);
        assert_eq!(found("crates/a", &whole.replace("readme", "about")), 1);
    }

    #[test]
    fn what_stays_at_home_needs_the_lints_only() {
        assert_eq!(
            found("b", "package = { name = 'a', publish = false }\nlints.workspace = true"),
            0
        );
        assert_eq!(found("b", "[package]\nname = 'a'\npublish = false"), 1);
    }
}
