//! What the checks read: the workspace's manifests and its source files, loaded once.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::Result;

/// The workspace on disk.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) manifest: Table,
    pub(crate) members: Vec<Member>,
}

/// One package of the workspace.
#[derive(Debug)]
pub(crate) struct Member {
    /// The folder, relative to the root, with `/` between its parts.
    pub(crate) dir: String,
    pub(crate) manifest: Table,
}

impl Workspace {
    /// Reads the manifests of the workspace that xtask belongs to.
    pub(crate) fn load() -> Result<Workspace> {
        let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
            .ok_or("CARGO_MANIFEST_DIR is not set; start this program as `cargo xtask`")?;
        let root = Path::new(&xtask).parent().ok_or("xtask has no parent folder")?.to_path_buf();
        let manifest = parse(&root.join("Cargo.toml"))?;
        let list = manifest["workspace"].get("members").and_then(Value::as_array);
        let mut members = Vec::new();
        for dir in list.ok_or("Cargo.toml has no list `workspace.members`")? {
            let dir = dir.as_str().ok_or("Cargo.toml: a member is not a string")?.to_owned();
            let manifest = parse(&root.join(&dir).join("Cargo.toml"))
                .map_err(|error| format!("{error} (members are listed one by one, no globs)"))?;
            members.push(Member { dir, manifest });
        }
        Ok(Workspace { root, manifest, members })
    }

    /// Members that go to the registry.
    pub(crate) fn published(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.is_published())
    }

    /// The member of this name, or an error that names it.
    pub(crate) fn member(&self, name: &str) -> Result<&Member> {
        let found = self.members.iter().find(|member| member.name() == name);
        found.ok_or_else(|| format!("the workspace has no package `{name}`").into())
    }

    /// Every `.rs` file of every member, as (path relative to the root, text), in order of path.
    pub(crate) fn sources(&self) -> Result<Vec<(String, String)>> {
        let mut files = Vec::new();
        for member in &self.members {
            self.collect(&member.dir, &mut files)?;
        }
        files.sort();
        Ok(files)
    }

    fn collect(&self, dir: &str, files: &mut Vec<(String, String)>) -> Result {
        let entries = std::fs::read_dir(self.root.join(dir))
            .map_err(|error| format!("cannot list {dir}: {error}"))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().into_string().map_err(|name| format!("{name:?}"))?;
            let path = format!("{dir}/{name}");
            if entry.file_type()?.is_dir() {
                if name != "target" {
                    self.collect(&path, files)?;
                }
            } else if Path::new(&name).extension().is_some_and(|extension| extension == "rs") {
                let text = read(&self.root.join(&path))?;
                files.push((path, text));
            }
        }
        Ok(())
    }
}

impl Member {
    /// The package's name.
    pub(crate) fn name(&self) -> &str {
        self.package("name").and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether the package goes to the registry.
    pub(crate) fn is_published(&self) -> bool {
        self.package("publish").and_then(Value::as_bool).unwrap_or(true)
    }

    /// The value of a key of `[package]`.
    pub(crate) fn package(&self, key: &str) -> Option<&Value> {
        self.manifest.get("package")?.get(key)
    }
}

/// Reads a file; the error names it.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()).into())
}

fn parse(path: &Path) -> Result<Table> {
    read(path)?.parse().map_err(|error| format!("{}: {error}", path.display()).into())
}
