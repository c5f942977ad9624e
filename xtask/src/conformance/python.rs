//! Finding a CPython that may serve as the oracle.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The oldest that has all that the scenarios ask for.
const OLDEST: (u32, u32) = (3, 13);

/// Names to look for on the path, the best first.
const NAMES: &[&str] = &["python3.14", "python3.13", "python3"];

/// Prints name and version, so that another implementation or a shim that fails is no candidate.
const ASK: &str = "import sys; print(sys.implementation.name, *sys.version_info[:2])";

/// The first Python that will do, and its version.
pub(crate) fn find() -> Option<(PathBuf, String)> {
    let names = NAMES.iter().map(PathBuf::from);
    names.chain(of_pyenv()).find_map(|python| {
        let (major, minor) = version(&python)?;
        ((major, minor) >= OLDEST).then(|| (python, format!("{major}.{minor}")))
    })
}

/// The version of a CPython; `None` if it is none, or does not run.
pub(crate) fn version(python: &Path) -> Option<(u32, u32)> {
    parse(&output(Command::new(python).args(["-I", "-c", ASK]))?)
}

fn parse(answer: &str) -> Option<(u32, u32)> {
    let (major, minor) = answer.trim().strip_prefix("cpython ")?.split_once(' ')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// The versions that pyenv has installed, which need not be on the path.
fn of_pyenv() -> impl Iterator<Item = PathBuf> {
    let told = output(Command::new("pyenv").arg("root")).map(|root| PathBuf::from(root.trim()));
    let set = std::env::var_os("PYENV_ROOT").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".pyenv"));
    let roots = [told, set, home].into_iter().flatten();
    let versions = roots.flat_map(|root| std::fs::read_dir(root.join("versions"))).flatten();
    versions.filter_map(|version| Some(version.ok()?.path().join("bin/python3")))
}

fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).ok())?
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn only_cpython_tells_a_version() {
        assert_eq!(parse("cpython 3 13\n"), Some((3, 13)));
        assert_eq!(parse("pypy 3 13\n"), None);
        assert_eq!(parse("pyenv: python3.14: command not found"), None);
    }
}
