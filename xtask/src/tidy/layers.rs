//! Who may use whom: the layering of the workspace as two tables, and the tree held against them.
//!
//! The loop and the leaves never see each other: what both need is `tulipa-rt`. So the loop can be
//! rewritten without touching a lock, and a lock can be used where there is no loop.

use toml::{Table, Value};

use super::source::Source;
use super::{Finding, Tree};

/// Re-exports every leaf, so it may use all of them, and no leaf ever uses it.
const FACADE: &str = "tulipa";

/// Normal dependencies of the leaves inside the workspace: exactly these.
const LAYERS: &[(&str, &[&str])] = &[
    ("tulipa-cancel", &[]),
    ("tulipa-context", &[]),
    ("tulipa-sync", &[]),
    ("tulipa-rt", &["tulipa-cancel", "tulipa-context"]),
    ("tulipa-signal", &[]),
    ("tulipa-loop", &["tulipa-context", "tulipa-rt"]),
    ("tulipa-time", &["tulipa-cancel", "tulipa-rt"]),
    ("tulipa-task", &["tulipa-cancel", "tulipa-context", "tulipa-rt"]),
    ("tulipa-combine", &["tulipa-cancel", "tulipa-rt", "tulipa-task", "tulipa-time"]),
    ("tulipa-test", &["tulipa-cancel", "tulipa-context", "tulipa-rt", "tulipa-task"]),
];

/// External crates, and who at most may have each as a normal dependency.
const OWNERS: &[(&str, &[&str])] = &[
    ("async-task", &["tulipa-rt", "tulipa-task"]),
    ("concurrent-queue", &["tulipa-loop"]),
    ("futures-core", &["tulipa-combine", "tulipa-task", "tulipa-time", FACADE]),
    ("futures-lite", &["tulipa-combine"]),
    (
        "loom",
        &[
            "tulipa-cancel",
            "tulipa-combine",
            "tulipa-context",
            "tulipa-loop",
            "tulipa-rt",
            "tulipa-sync",
            "tulipa-task",
            "tulipa-time",
        ],
    ),
    (
        "pin-project-lite",
        &["tulipa-cancel", "tulipa-combine", "tulipa-context", "tulipa-task", "tulipa-time"],
    ),
    ("libc", &["tulipa-signal"]),
    ("polling", &["tulipa-loop"]),
    ("rustix", &["tulipa-loop", "tulipa-signal"]),
    ("signal-hook", &["tulipa-signal"]),
];

/// External crates that public items may name: their versions are part of what we promise.
const PUBLIC: &[&str] = &["async-task", "futures-core"];

/// One line of a table of dependencies.
#[derive(Debug)]
struct Dependency {
    name: String,
    /// The `x` of `[target.x.dependencies]`.
    target: Option<String>,
    /// Whether it is under `[dev-dependencies]`.
    dev: bool,
    has_version: bool,
}

pub(super) fn check(tree: &Tree<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in tree.workspace.published() {
        let path = format!("{}/Cargo.toml", member.dir);
        let whats = of_crate(member.name(), &dependencies(&member.manifest));
        findings.extend(whats.into_iter().map(|what| Finding::new(&path, 0, what)));
    }
    for (name, _) in LAYERS {
        if tree.workspace.member(name).is_err() {
            let what = format!("the table of layers names `{name}`, which does not exist");
            findings.push(Finding::new("xtask/src/tidy/layers.rs", 0, what));
        }
    }
    let sources = tree.sources.iter().filter(|source| source.path.starts_with("crates/"));
    findings.extend(sources.flat_map(of_file));
    findings
}

fn of_crate(name: &str, dependencies: &[Dependency]) -> Vec<String> {
    let row = LAYERS.iter().find(|(row, _)| *row == name);
    if row.is_none() && name != FACADE {
        return vec![format!("the table of layers has no row for `{name}`")];
    }
    let mut whats = Vec::new();
    for dependency in dependencies {
        let used = dependency.name.as_str();
        let is_inside = used == FACADE || LAYERS.iter().any(|(row, _)| *row == used);
        if dependency.dev {
            if used == FACADE {
                whats.push(format!("a leaf never uses `{FACADE}`, not even in its tests"));
            } else if is_inside && dependency.has_version {
                whats.push(format!("dev-dependency `{used}`: a path alone, no version"));
            }
        } else if is_inside && row.is_some_and(|(_, layers)| !layers.contains(&used)) {
            whats.push(format!("`{name}` may not use `{used}` (table of layers)"));
        } else if !is_inside && !is_owner(name, dependency) {
            whats.push(format!("`{name}` is no owner of `{used}` (table of owners)"));
        }
    }
    for layer in row.into_iter().flat_map(|(_, layers)| *layers) {
        if !dependencies.iter().any(|dependency| !dependency.dev && dependency.name == *layer) {
            whats.push(format!(
                "`{name}` doesn't use `{layer}`: delete it from the table of layers"
            ));
        }
    }
    whats
}

fn is_owner(name: &str, dependency: &Dependency) -> bool {
    let is_listed = OWNERS
        .iter()
        .any(|(external, owners)| *external == dependency.name && owners.contains(&name));
    is_listed && (dependency.name != "loom" || dependency.target.as_deref() == Some("cfg(loom)"))
}

/// Lines of public items that name an external crate which is ours to change.
fn of_file(source: &Source) -> Vec<Finding> {
    let private = OWNERS.iter().map(|(name, _)| *name).filter(|name| !PUBLIC.contains(name));
    let paths: Vec<_> = private.map(|name| format!("{}::", name.replace('-', "_"))).collect();
    let mut findings = Vec::new();
    for (number, line) in source.lines().filter(|(_, line)| line.trim_start().starts_with("pub ")) {
        for path in paths.iter().filter(|path| line.contains(*path)) {
            let what =
                format!("a public item names `{path}`, which is not on the list of public crates");
            findings.push(Finding::new(&source.path, number, what));
        }
    }
    findings
}

/// The normal, build and dev-dependencies of a manifest, those of its targets included.
fn dependencies(manifest: &Table) -> Vec<Dependency> {
    let mut found = Vec::new();
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let targets = targets.filter_map(|(cfg, table)| Some((Some(cfg), table.as_table()?)));
    for (target, table) in std::iter::once((None, manifest)).chain(targets) {
        for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let lines = table.get(kind).and_then(Value::as_table).into_iter().flatten();
            found.extend(lines.map(|(name, value)| Dependency {
                name: value.get("package").and_then(Value::as_str).unwrap_or(name).to_owned(),
                target: target.cloned(),
                dev: kind == "dev-dependencies",
                // What is inherited from the workspace has the version that stands there.
                has_version: ["version", "workspace"].iter().any(|key| value.get(key).is_some()),
            }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{dependencies, of_crate, of_file};
    use crate::tidy::source::made_up;

    fn found(name: &str, manifest: &str) -> Vec<String> {
        of_crate(name, &dependencies(&manifest.parse().expect("the text of the test parses")))
    }

    #[test]
    fn what_the_tables_allow_passes() {
        let manifest = "[dependencies]\ntulipa-context.workspace = true\n\
                        tulipa-rt.workspace = true\npolling.workspace = true\n\
                        [target.'cfg(unix)'.dependencies]\nrustix.workspace = true\n\
                        [dev-dependencies]\ntulipa-test = { path = '../tulipa-test' }\nsmol = '2'";
        assert_eq!(found("tulipa-loop", manifest), [""; 0]);
    }

    #[test]
    fn a_wrong_edge_a_missing_edge_and_a_stranger_are_found() {
        let manifest = "[dependencies]\ntulipa-context.workspace = true\n\
                        tulipa-task.workspace = true\nlibc = '0'";
        let whats = found("tulipa-loop", manifest);
        assert_eq!(whats.len(), 3, "{whats:?}");
        assert_eq!(found("tulipa-net", "").len(), 1);
        assert_eq!(found("tulipa-sync", "dependencies = { p = { package = 'polling' } }").len(), 1);
    }

    #[test]
    fn dev_dependencies_carry_no_version_and_never_name_the_facade() {
        assert_eq!(
            found("tulipa-sync", "dev-dependencies = { tulipa = { path = '..' } }").len(),
            1
        );
        let manifest = "[dev-dependencies]\ntulipa-test.workspace = true";
        assert_eq!(found("tulipa-sync", manifest).len(), 1);
    }

    #[test]
    fn loom_comes_by_its_cfg_only() {
        let of_loom = |name, manifest| {
            found(name, manifest).iter().filter(|finding| finding.contains("loom")).count()
        };
        let by_its_cfg = "target.'cfg(loom)'.dependencies = { loom = '0' }";
        assert_eq!(of_loom("tulipa-sync", by_its_cfg), 0);
        assert_eq!(of_loom("tulipa-sync", "dependencies = { loom = '0' }"), 1);
        assert_eq!(of_loom("tulipa-signal", by_its_cfg), 1, "it is no owner");
    }

    #[test]
    fn public_items_name_public_crates_only() {
        let text = "pub use async_task::Runnable;\npub(crate) use polling::Poller;\n\
                    impl A {\n    pub fn f() -> polling::Event {}\n}\n";
        let found = of_file(&made_up("crates/c/src/a.rs", text));
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [4]);
    }
}
