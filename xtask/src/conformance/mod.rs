//! `cargo xtask conformance`: the same programs on CPython and on tulipa print the same traces.
//!
//! CPython is the oracle, and what it printed is recorded, so that comparing needs no Python;
//! whoever has one holds the recordings against it. `conformance/README.md` says how to add one.

mod programs;
mod python;
pub(crate) mod scenario;
pub(crate) mod table;
mod trace;

use std::path::{Path, PathBuf};

use crate::Result;
use crate::tidy;
use crate::workspace::{Workspace, read};
use scenario::Scenario;

/// How often a program on the real clock may be tried before its trace counts as another one.
const TRIES: usize = 3;

const DIFFERENCES: &str = "docs/differences.md";

/// The command with arguments, as `cargo xtask conformance` gets them.
pub(crate) fn command(workspace: &Workspace, args: &[&str]) -> Result {
    match args {
        ["--table"] => write_table(workspace),
        ["--record", python, names @ ..] => record(workspace, Path::new(python), names),
        ["--record"] => Err("name the Python: `cargo xtask conformance --record PYTHON`".into()),
        ["--accept", names @ ..] if !names.is_empty() => accept(workspace, names),
        ["--accept"] => Err("name the scenarios that differ by design".into()),
        names => compare(workspace, names),
    }
}

/// Runs tulipa's side of the named scenarios, or all, and holds it against what is recorded.
pub(crate) fn compare(workspace: &Workspace, names: &[&str]) -> Result {
    let all = whole_scenarios(workspace)?;
    let list = programs::list(workspace)?;
    let (binary, jobs) = jobs(&all, &list)?;
    let chosen = choose(&all, names)?;
    let jobs: Vec<_> = jobs.into_iter().filter(|(it, _)| chosen.contains(it)).collect();
    let traces = programs::for_each(&jobs, |(it, on)| programs::rust(&binary, &it.name, on));
    let mut failed = Vec::new();
    for ((it, on), trace) in jobs.iter().zip(traces) {
        if let Some(why) = failure(&trace, it.expected()) {
            println!("{} on the {on} loop: {why}\n", it.name);
            failed.push(it.name.as_str());
        }
    }
    failed.dedup();
    let passed = chosen.iter().filter(|it| !failed.contains(&it.name.as_str()));
    let (different, equal): (Vec<_>, Vec<_>) = passed.partition(|it| it.differs.is_some());
    println!(
        "conformance: {} scenarios: {} equal, {} different by design, {} failed",
        chosen.len(),
        equal.len(),
        different.len(),
        failed.len()
    );
    judge(&failed)
}

/// Runs CPython's side, if there is one, and holds it against what is recorded.
pub(crate) fn recheck(workspace: &Workspace) -> Result {
    let Some((python, version)) = python::find() else {
        println!("no CPython of 3.13 or later here: the recordings stand as they are");
        return Ok(());
    };
    let all = whole_scenarios(workspace)?;
    let traces = programs::for_each(&all, |it| {
        let run = || programs::python(&python, &workspace.root, &it.path(".py"));
        let expected = it.recorded.as_deref().unwrap_or_default();
        let tries = if it.is_whole { TRIES } else { 1 };
        let trace = (1..tries).map(|_| run()).find(|trace| failure(trace, expected).is_none());
        trace.unwrap_or_else(run)
    });
    let mut failed = Vec::new();
    let mut left_out = 0;
    for (it, trace) in all.iter().zip(traces) {
        left_out += usize::from(matches!(trace, Ok(None)));
        if let Some(why) = failure(&trace, it.recorded.as_deref().unwrap_or_default()) {
            println!("{} on CPython {version}: {why}\n", it.name);
            failed.push(it.name.as_str());
        }
    }
    println!(
        "recordings: CPython {version} printed {} of {} again, {left_out} need a later one",
        all.len() - failed.len() - left_out,
        all.len(),
    );
    judge(&failed)
}

/// Runs CPython's side of the named scenarios, or all, and writes down what it prints.
fn record(workspace: &Workspace, python: &Path, names: &[&str]) -> Result {
    let Some((major, minor)) = python::version(python) else {
        return Err(format!("`{}` is no CPython that runs", python.display()).into());
    };
    // Not `whole_scenarios`: what is not recorded yet is no mistake here.
    let (all, _) = load(workspace)?;
    let chosen = choose(&all, names)?;
    let traces = programs::for_each(&chosen, |it| {
        programs::python(python, &workspace.root, &it.path(".py"))
    });
    let (mut written, mut failed) = (0, Vec::new());
    for (it, trace) in chosen.iter().zip(traces) {
        match trace {
            Ok(None) => println!("{}: needs a later Python, the recording stands", it.name),
            Ok(Some(text)) if it.recorded.as_ref() == Some(&text) => {}
            Ok(Some(text)) => {
                write(workspace, &it.path(".txt"), &text)?;
                println!("{}: recorded", it.name);
                written += 1;
            }
            Err(why) => {
                println!("{}: {why}\n", it.name);
                failed.push(it.name.as_str());
            }
        }
    }
    let count = chosen.len();
    println!("CPython {major}.{minor}: {count} scenarios, {written} recordings changed");
    judge(&failed)
}

/// Runs tulipa's side of scenarios that differ by design and writes down what it prints.
fn accept(workspace: &Workspace, names: &[&str]) -> Result {
    let (all, _) = load(workspace)?;
    let (binary, jobs) = jobs(&all, &programs::list(workspace)?)?;
    for it in choose(&all, names)? {
        let on = jobs.iter().find(|(job, _)| *job == it).map_or("real", |(_, on)| on);
        if it.differs.is_none() {
            return Err(format!("{} does not say `//! Differs: <why>`", it.name).into());
        }
        let text = programs::rust(&binary, &it.name, on)?.unwrap_or_default();
        write(workspace, &it.path(".tulipa.txt"), &text)?;
        println!("{}: accepted", it.name);
    }
    Ok(())
}

fn write_table(workspace: &Workspace) -> Result {
    let tree = tidy::Tree::load(workspace)?;
    let (page, _) = table::of_tree(&tree)?;
    write(workspace, table::PATH, &page)
}

fn write(workspace: &Workspace, path: &str, text: &str) -> Result {
    std::fs::write(workspace.root.join(path), text)
        .map_err(|error| format!("cannot write {path}: {error}").into())
}

/// The scenarios and what is wrong with their files.
pub(crate) fn load(workspace: &Workspace) -> Result<(Vec<Scenario>, Vec<tidy::Finding>)> {
    let rows = tidy::statements::rows(&read(&workspace.root.join(DIFFERENCES))?);
    Ok(scenario::parse(&scenario::files(workspace)?, |id| rows.contains(id)))
}

/// The scenarios; an error if a file is missing or says the wrong thing.
fn whole_scenarios(workspace: &Workspace) -> Result<Vec<Scenario>> {
    let (scenarios, findings) = load(workspace)?;
    for finding in &findings {
        println!("  {finding}");
    }
    if findings.is_empty() {
        return Ok(scenarios);
    }
    Err(format!("{} findings in {}", findings.len(), scenario::FOLDER).into())
}

/// The binary, and each scenario with each loop it runs on, from the binary's own list.
fn jobs(scenarios: &[Scenario], list: &str) -> Result<(PathBuf, Vec<(Scenario, String)>)> {
    let mut lines = list.lines();
    let binary = lines.next().ok_or("the program of the scenarios lists nothing")?;
    let listed: Vec<Vec<&str>> = lines.map(|line| line.split(' ').collect()).collect();
    let mut jobs = Vec::new();
    for scenario in scenarios {
        let Some(line) = listed.iter().find(|line| line[0] == scenario.name) else {
            return Err(format!("{} is not in its area's mod.rs", scenario.name).into());
        };
        jobs.extend(line[1..].iter().map(|on| (scenario.clone(), (*on).to_owned())));
    }
    Ok((binary.into(), jobs))
}

/// The named scenarios, or all. A name may be an area.
fn choose(all: &[Scenario], names: &[&str]) -> Result<Vec<Scenario>> {
    let is = |it: &Scenario, name: &str| {
        it.name == name || it.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
    };
    if let Some(name) = names.iter().find(|name| !all.iter().any(|it| is(it, name))) {
        return Err(format!("no scenario and no area `{name}`").into());
    }
    let chosen = all.iter().filter(|it| names.is_empty() || names.iter().any(|name| is(it, name)));
    Ok(chosen.cloned().collect())
}

/// What is wrong with a trace, if something is.
fn failure(trace: &programs::Trace, expected: &str) -> Option<String> {
    match trace {
        Ok(Some(printed)) if printed == expected => None,
        Ok(Some(printed)) => Some(format!(
            "another trace (- expected, + printed)\n{}",
            trace::diff(expected, printed)
        )),
        Ok(None) => None,
        Err(why) => Some(why.clone()),
    }
}

fn judge(failed: &[&str]) -> Result {
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(" ")).into()) }
}

#[cfg(test)]
mod tests {
    use super::scenario::Scenario;
    use super::{choose, failure, jobs};

    fn scenarios() -> Vec<Scenario> {
        let of = |name: &str| Scenario { name: name.into(), ..Scenario::default() };
        vec![of("lock/fair"), of("lock/free"), of("task/turns")]
    }

    #[test]
    fn a_name_is_a_scenario_or_an_area() {
        let all = scenarios();
        let count = |names: &[&str]| choose(&all, names).map(|chosen| chosen.len()).ok();
        assert_eq!(count(&[]), Some(3));
        assert_eq!(count(&["lock", "task/turns"]), Some(3));
        assert_eq!(count(&["lock/fair"]), Some(1));
        assert_eq!(count(&["loc"]), None);
    }

    #[test]
    fn each_scenario_runs_on_each_of_its_loops() {
        let all = scenarios();
        let list = "bin\nlock/fair virtual real\nlock/free real\ntask/turns virtual\n";
        let (binary, jobs) = jobs(&all, list).expect("all are listed");
        let shown: Vec<_> = jobs.iter().map(|(it, on)| format!("{} {on}", it.name)).collect();
        assert_eq!(binary.to_str(), Some("bin"));
        let expected = ["lock/fair virtual", "lock/fair real", "lock/free real"];
        assert_eq!(shown, [&expected[..], &["task/turns virtual"]].concat());
        assert!(super::jobs(&all, "bin\nlock/fair real\n").is_err(), "two are not listed");
    }

    #[test]
    fn another_trace_and_no_trace_are_failures() {
        assert_eq!(failure(&Ok(Some("a\n".into())), "a\n"), None);
        assert_eq!(failure(&Ok(None), "a\n"), None, "a later Python is needed");
        assert!(failure(&Ok(Some("b\n".into())), "a\n").is_some());
        assert!(failure(&Err("it panicked".into()), "").is_some());
    }
}
