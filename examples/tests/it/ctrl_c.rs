//! Ctrl-C, sent as a real signal to a real process.

use std::io::{BufRead, BufReader};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::program::executable;

/// The example `ctrl_c` as it runs, and what it has printed.
struct Program {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Program {
    fn start(name: &str) -> Self {
        let mut command = Command::new(executable("ctrl_c"));
        // A group of its own: a Ctrl-C for the tests is not for it.
        command
            .arg(name)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0);
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let mut program = Self { child, lines };
        program.says("ready");
        program
    }

    /// Waits for its next line; empty at the end.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    #[track_caller]
    fn says(&mut self, expected: &str) {
        assert_eq!(self.line(), expected);
    }

    fn ctrl_c(&self) {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, Signal::INT).unwrap();
    }

    fn ended(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    #[track_caller]
    fn is_ended_by_the_signal(&mut self) {
        assert_eq!(self.ended().signal(), Some(Signal::INT.as_raw()));
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// S-RUN-4
#[test]
fn the_first_cancels_main_and_all_is_cleaned_up_before_the_process_ends_real() {
    let mut program = Program::start("works");
    program.ctrl_c();
    program.says("main has cleaned up");
    program.says("the task that was left has cleaned up");
    program.says("");
    program.is_ended_by_the_signal();
}

/// S-RUN-4
#[test]
fn a_runner_returns_an_error_instead_real() {
    let mut program = Program::start("error");
    program.ctrl_c();
    program.says("main has cleaned up");
    program.says("the task that was left has cleaned up");
    program.says("the run was interrupted by Ctrl-C");
    assert!(program.ended().success());
}

/// S-RUN-5
#[test]
fn a_main_that_suppresses_it_and_returns_a_value_is_as_if_nothing_had_been_real() {
    let mut program = Program::start("goes_on");
    program.ctrl_c();
    program.says("a value");
    assert!(program.ended().success());
}

/// S-RUN-6
#[test]
fn the_second_ends_the_run_and_main_is_cancelled_once_more_real() {
    let mut program = Program::start("ignores");
    program.ctrl_c();
    program.says("ignored");
    program.ctrl_c();
    program.says("ignored");
    // It suppresses that too and is awaited for ever; here nobody takes Ctrl-C any more.
    program.ctrl_c();
    program.says("");
    program.is_ended_by_the_signal();
}

/// S-RUN-6
#[test]
fn a_program_that_is_stuck_is_ended_by_the_second_real() {
    let mut program = Program::start("is_stuck");
    program.ctrl_c();
    // Two that come together are one, and from outside it cannot be told when the first has been
    // taken. So: until it ends.
    while program.child.try_wait().unwrap().is_none() {
        program.ctrl_c();
        std::thread::yield_now();
    }
    program.is_ended_by_the_signal();
}

/// S-RUN-4, `test_runners.RunnerTests.test_interrupt_call_soon`
/// The signal is there before the future ends, which does not suspend any more.
#[test]
fn a_main_that_has_a_value_before_it_sees_it_is_interrupted_all_the_same_real() {
    let mut program = Program::start("has_a_value");
    program.ctrl_c();
    // The signal interrupts no read: the end of its input comes after it.
    drop(program.child.stdin.take());
    program.says("");
    program.is_ended_by_the_signal();
}

#[test]
fn a_loop_that_never_sleeps_sees_it_too_real() {
    let mut program = Program::start("is_busy");
    program.ctrl_c();
    program.says("no longer busy");
    program.says("");
    program.is_ended_by_the_signal();
}

/// S-RUN-4, S-RUN-8
#[test]
fn between_runs_the_old_handler_is_back_and_the_next_run_takes_it_again_real() {
    let mut program = Program::start("twice");
    program.ctrl_c();
    program.says("main has cleaned up");
    program.says("interrupted");
    program.says("ready");
    program.ctrl_c();
    program.says("a value");
    program.says("between runs");
    program.ctrl_c();
    program.says("");
    program.is_ended_by_the_signal();
}

/// S-RUN-4, `test_runners.RunnerTests.test_interrupt_wait`: what main waits for is cancelled too.
#[test]
fn a_promise_that_main_awaits_is_cancelled_real() {
    let mut program = Program::start("waits");
    program.ctrl_c();
    program.says("the run was interrupted by Ctrl-C, the promise is cancelled: true");
    assert!(program.ended().success());
}

/// S-RUN-4, `test_runners.RunnerTests.test_interrupt_cancelled_task`
#[test]
fn a_main_that_was_cancelled_by_others_too_is_not_interrupted_real() {
    let mut program = Program::start("is_cancelled_too");
    program.ctrl_c();
    program.says("task 'Task-1' was cancelled");
    assert!(program.ended().success());
}
