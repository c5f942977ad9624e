//! Starting the scenarios' programs: each its own process, with a limit of time, two at once.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use crate::command::captured;
use crate::{Result, command};

/// No scenario needs a second; a busy machine may.
const LIMIT: Duration = Duration::from_secs(20);

/// More would get in each other's way on a small machine, and few of them wait.
const AT_ONCE: usize = 2;

/// What a run of a program came to: its trace, or what went wrong, in words.
pub(crate) type Trace = std::result::Result<Option<String>, String>;

/// The exit status of `run.py` for a scenario that needs a later Python.
const LEFT_OUT: i32 = 77;

/// Runs tulipa's side on one of its loops.
pub(crate) fn rust(binary: &Path, name: &str, on: &str) -> Trace {
    trace(Command::new(binary).args([name, on]))
}

/// Runs CPython's side; no trace if it needs a later Python.
pub(crate) fn python(python: &Path, root: &Path, program: &str) -> Trace {
    // -I: what the environment says about Python is no part of a scenario. -u: of a program that
    // hangs, one sees how far it came.
    let mut command = Command::new(python);
    command.args(["-I", "-u", "-X", "utf8", "conformance/run.py", program]).current_dir(root);
    trace(&mut command)
}

fn trace(command: &mut Command) -> Trace {
    let output = captured(command, LIMIT).map_err(|error| error.to_string())?;
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    match output.status.code() {
        Some(0) => Ok(Some(text(&output.stdout))),
        Some(LEFT_OUT) => Ok(None),
        _ => Err(format!("{}\n{}{}", output.status, text(&output.stdout), text(&output.stderr))),
    }
}

/// Does the work for each job, a few at once, and returns the results in order of the jobs.
pub(crate) fn for_each<J: Sync, R: Send>(jobs: &[J], work: impl Fn(&J) -> R + Sync) -> Vec<R> {
    let queue = Mutex::new(jobs.iter().enumerate());
    let done = Mutex::new(Vec::new());
    let next = || queue.lock().ok()?.next();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((index, job)) = next() {
                    let result = work(job);
                    done.lock().expect("nobody panics while holding it").push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("nobody panics while holding it");
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Runs the binary's own list: where it is, and each scenario with the loops it runs on.
pub(crate) fn list(workspace: &crate::workspace::Workspace) -> Result<String> {
    let mut cargo = command::cargo(workspace, "run --quiet -p tulipa-conformance -- --list");
    cargo.stderr(std::process::Stdio::inherit());
    let output = cargo.output().map_err(|error| format!("cannot start cargo: {error}"))?;
    if !output.status.success() {
        return Err(format!("the scenarios do not build: {}", output.status).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::for_each;

    #[test]
    fn results_come_in_order_of_the_jobs() {
        let jobs: Vec<u32> = (0..50).collect();
        let expected: Vec<u32> = (1..51).collect();
        assert_eq!(for_each(&jobs, |job| job + 1), expected);
        assert_eq!(for_each(&[0; 0], |job| *job), []);
    }
}
