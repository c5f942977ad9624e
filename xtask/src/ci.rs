//! The sections of `cargo xtask ci`: what a change must pass, each timed and each runnable alone.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use toml::Value;

use crate::command::{cargo, run, run_within};
use crate::workspace::Workspace;
use crate::{Result, conformance, readme, tidy};

/// The tour shows what tulipa does; nobody waits longer than this to be shown.
const TOUR_LIMIT: Duration = Duration::from_secs(10);

/// One step of the continuous integration.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    remedy: &'static str,
    run: fn(&Workspace) -> Result,
}

/// Cheap sections first, so that a small mistake is told soon.
pub(crate) const SECTIONS: &[Section] = &[
    Section {
        name: "fmt",
        what: "the formatting is rustfmt's",
        remedy: "run `cargo fmt --all`",
        run: |workspace| run(&mut cargo(workspace, "fmt --all --check")),
    },
    Section {
        name: "tidy",
        what: "the rules of docs/style.md that need no compiler",
        remedy: "each finding names its place and the rule; docs/style.md has the reasons",
        run: |workspace| tidy::run(workspace, &[]),
    },
    Section {
        name: "clippy",
        what: "no warning of rustc or clippy in any target",
        remedy: "mend the code; an `#[expect]` must say why the lint is wrong here",
        run: |workspace| {
            run(&mut cargo(workspace, "clippy --workspace --all-targets -- -D warnings"))
        },
    },
    Section {
        name: "test",
        what: "unit tests and integration tests",
        remedy: "`cargo test -p <package> <test>` runs one test alone",
        run: test,
    },
    Section {
        name: "doctest",
        what: "the examples in the documentation",
        remedy: "`cargo test -p <package> --doc` runs those of one package",
        run: |workspace| run(&mut cargo(workspace, "test --workspace --doc")),
    },
    Section {
        name: "conformance",
        what: "the scenarios print what CPython printed, or what differs by design",
        remedy: "`cargo xtask conformance <name>` compares one; conformance/README.md has the rest",
        run: |workspace| conformance::compare(workspace, &[]),
    },
    Section {
        name: "recordings",
        what: "CPython, if there is one of 3.13 or later, prints again what is recorded",
        remedy: "record again and look at the change: cargo xtask conformance --record PYTHON",
        run: conformance::recheck,
    },
    Section {
        name: "doc",
        what: "the documentation builds without a warning",
        remedy: "mend the link or the markup that rustdoc names",
        run: |workspace| {
            let mut doc = cargo(workspace, "doc --workspace --no-deps");
            run(doc.env("RUSTDOCFLAGS", "-D warnings"))
        },
    },
    Section {
        name: "features",
        what: "the facade with no feature and with each one alone",
        remedy: "make the feature bring what it names; features only forward",
        run: features,
    },
    Section {
        name: "loom",
        what: "every interleaving of the tests in tests/loom.rs",
        remedy: "loom prints the interleaving; LOOM_LOG=trace prints each step of it",
        run: loom,
    },
    Section {
        name: "examples",
        what: "all examples build, and the tour runs to its end",
        remedy: "`cargo run -p tulipa-examples --example tour` shows what a newcomer sees",
        run: examples,
    },
    Section {
        name: "readme",
        what: "the facade's README.md is the root's",
        remedy: "edit README.md at the root, then run `cargo xtask readme --write`",
        run: readme::check,
    },
    Section {
        name: "package",
        what: "each published crate builds from its own package",
        remedy: "a package holds only its folder, and its dependencies need versions",
        run: package,
    },
];

impl Section {
    /// Runs the section, prints its name before and its time after; a failure says what to do.
    pub(crate) fn run_timed(&self, workspace: &Workspace) -> Result<Duration> {
        println!("\n== {}: {}", self.name, self.what);
        let start = Instant::now();
        let result = (self.run)(workspace);
        let time = start.elapsed();
        match result {
            Ok(()) => {
                println!("== {}: passed in {:.1} s", self.name, time.as_secs_f64());
                Ok(time)
            }
            Err(error) => Err(format!(
                "section `{0}` failed after {1:.1} s: {error}\n  what to do: {2}\n  \
                 then run it alone: cargo xtask {0}",
                self.name,
                time.as_secs_f64(),
                self.remedy
            )
            .into()),
        }
    }
}

/// Runs all sections and prints their times; the first failure ends the run.
pub(crate) fn all(workspace: &Workspace) -> Result {
    let mut times = Vec::new();
    for section in SECTIONS {
        times.push((section.name, section.run_timed(workspace)?));
    }
    println!("\n== all sections passed");
    let mut total = Duration::ZERO;
    for (name, time) in times {
        println!("{name:<11} {:>6.1} s", time.as_secs_f64());
        total += time;
    }
    println!("{:<11} {:>6.1} s", "total", total.as_secs_f64());
    Ok(())
}

/// Runs the benches with `args` passed on. No section: times on a shared machine judge nothing.
pub(crate) fn bench(workspace: &Workspace, args: &[&str]) -> Result {
    run(cargo(workspace, "bench -p tulipa-benches").args(args))
}

fn test(workspace: &Workspace) -> Result {
    // `--tests` leaves out the benches, which would run, and the examples, so those come first:
    // a test may start one.
    run(&mut cargo(workspace, "build --workspace --examples"))?;
    run(&mut cargo(workspace, "test --workspace --tests"))
}

fn features(workspace: &Workspace) -> Result {
    // Clippy and not `check`, because only clippy can refuse warnings without rebuilding all.
    let line =
        |rest: &str| format!("clippy -p tulipa --lib --no-default-features{rest} -- -Dwarnings");
    run(&mut cargo(workspace, &line("")))?;
    let features = workspace.member("tulipa")?.manifest.get("features").and_then(Value::as_table);
    for feature in features.into_iter().flat_map(|table| table.keys()) {
        if feature != "default" {
            run(&mut cargo(workspace, &line(&format!(" --features {feature}"))))?;
        }
    }
    Ok(())
}

fn loom(workspace: &Workspace) -> Result {
    let mut packages = String::new();
    for member in &workspace.members {
        if workspace.root.join(&member.dir).join("tests/loom.rs").exists() {
            packages.push_str(" -p ");
            packages.push_str(member.name());
        }
    }
    if packages.is_empty() {
        println!("no crate has a file tests/loom.rs");
        return Ok(());
    }
    // Its own folder, or each change of the flags would rebuild everything.
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".into());
    let line = format!("test{packages} --test loom --release --target-dir {target}/loom");
    let flags = std::env::var("RUSTFLAGS").unwrap_or_default() + " --cfg loom";
    run(cargo(workspace, &line).env("RUSTFLAGS", flags))
}

fn examples(workspace: &Workspace) -> Result {
    run(&mut cargo(workspace, "build --workspace --examples"))?;
    let tour = "run --quiet -p tulipa-examples --example tour";
    run_within(&mut cargo(workspace, tour), TOUR_LIMIT)
}

fn package(workspace: &Workspace) -> Result {
    forget_unpacked(workspace)?;
    // Built anew too: what comes from a registry is never built twice in one folder.
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".into());
    let target = workspace.root.join(target).join("packages");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    // Dirty is fine: this asks whether the packages build, it doesn't publish them.
    let mut line = String::from("package --workspace --allow-dirty");
    for member in workspace.members.iter().filter(|member| !member.is_published()) {
        line.push_str(" --exclude ");
        line.push_str(member.name());
    }
    run(cargo(workspace, &line).arg("--target-dir").arg(target))
}

/// Removes what cargo has unpacked of our own packages. It keeps that by name and version, and our
/// versions stay the same from commit to commit: a second run in one folder would build old ones.
fn forget_unpacked(workspace: &Workspace) -> Result {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let Some(Ok(registries)) = home.map(|home| fs::read_dir(home.join("registry/src"))) else {
        return Ok(());
    };
    for registry in registries {
        let registry = registry?.path();
        for member in workspace.published() {
            // Without its version: no other crate's name begins with one of ours and a number.
            for unpacked in fs::read_dir(&registry)? {
                let unpacked = unpacked?;
                let name = unpacked.file_name();
                let version = name.to_str().and_then(|name| name.strip_prefix(member.name()));
                let version = version.and_then(|rest| rest.strip_prefix('-'));
                if version.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
                    fs::remove_dir_all(unpacked.path())?;
                }
            }
        }
    }
    Ok(())
}
