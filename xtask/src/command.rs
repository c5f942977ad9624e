//! Starting cargo: output streams through, there is no standard input, a failure is an error.

use std::process::{Child, Command, ExitStatus, Output, Stdio};
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
    let Some(status) = wait_within(&mut child, limit)? else {
        return Err(format!("`{}` still ran after {limit:?}", shown(command)).into());
    };
    judge(command, status)
}

/// Runs any program for what it prints, and ends it (an error) if it takes longer than `limit`.
///
/// What it prints must fit into a pipe: a longer one would wait until it is ended.
pub(crate) fn captured(command: &mut Command, limit: Duration) -> Result<Output> {
    let name = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("cannot start {name}: {error}"))?;
    let ended = wait_within(&mut child, limit)?.is_some();
    let output = child.wait_with_output()?;
    if ended {
        return Ok(output);
    }
    let (out, err) = (output.stdout.as_slice(), output.stderr.as_slice());
    let printed = String::from_utf8_lossy(&[out, err].concat()).into_owned();
    Err(format!("it still ran after {limit:?}, and had printed:\n{printed}").into())
}

/// Waits for the end of a process; kills it and returns nothing if that takes too long.
fn wait_within(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > limit {
            // `cargo run` becomes the program it runs, so this ends the program itself.
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(2));
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
