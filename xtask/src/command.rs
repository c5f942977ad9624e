//! Starting cargo: output streams through, there is no standard input, a failure is an error.

use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::Result;
use crate::workspace::Workspace;

/// Cargo at the workspace's root with the arguments of `line`, which is split at spaces.
pub(crate) fn cargo(workspace: &Workspace, line: &str) -> Command {
    // The cargo that runs xtask names itself here, so that a chosen toolchain stays chosen.
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(line.split_whitespace()).current_dir(&workspace.root).stdin(Stdio::null());
    command
}

/// Runs the command to its end.
pub(crate) fn run(command: &mut Command) -> Result {
    println!("$ {}", shown(command));
    let status = started(command.status())?;
    judge(command, status)
}

/// Runs the command, and ends it (an error) if it takes longer than `limit`.
pub(crate) fn run_within(command: &mut Command, limit: Duration) -> Result {
    println!("$ {}", shown(command));
    let mut child = started(command.spawn())?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return judge(command, status);
        }
        if start.elapsed() > limit {
            // `cargo run` becomes the program it runs, so this ends the program itself.
            child.kill()?;
            child.wait()?;
            return Err(format!("`{}` still ran after {limit:?}", shown(command)).into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn started<T>(result: std::io::Result<T>) -> Result<T> {
    result.map_err(|error| format!("cannot start cargo: {error}").into())
}

fn judge(command: &Command, status: ExitStatus) -> Result {
    if status.success() { Ok(()) } else { Err(format!("`{}`: {status}", shown(command)).into()) }
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let mut words = Vec::new();
    for (name, value) in command.get_envs() {
        words.push(format!(
            "{}={value:?}",
            name.to_string_lossy(),
            value = value.unwrap_or_default()
        ));
    }
    words.push("cargo".into());
    words.extend(command.get_args().map(|arg| arg.to_string_lossy().into_owned()));
    words.join(" ")
}
