//! Counts the system calls of a scenario: a child process, traced from call to call.
//!
//! # Safety
//!
//! The child is this test binary again, running the one test that plays the scenario. There the
//! thread that is to be counted asks to be traced by its parent and stops; the parent then lets
//! it go on from call to call. Calls between two marks, each the closing of a descriptor that no
//! process has, are counted. `ptrace` and `waitpid` are declared by hand, as Linux has them on
//! every architecture; they are given numbers, and pointers to live buffers of the size named.

use std::ffi::{c_int, c_long};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};

/// Names the scenario to the child.
pub(crate) const SCENARIO: &str = "TULIPA_TEST_SCENARIO";
/// How often a scenario is run.
pub(crate) const TIMES: usize = 100;

const BEGIN: c_int = 1_999_999_001;
const END: c_int = 1_999_999_002;

unsafe extern "C" {
    fn ptrace(request: c_int, ...) -> c_long;
    fn waitpid(pid: c_int, status: *mut c_int, options: c_int) -> c_int;
    fn close(fd: c_int) -> c_int;
    fn raise(signal: c_int) -> c_int;
}

const TRACE_ME: c_int = 0;
const SYSCALL: c_int = 24;
const SET_OPTIONS: c_int = 0x4200;
const GET_SYSCALL_INFO: c_int = 0x420e;
/// Kill the child if the parent dies; mark stops at calls.
const OPTIONS: usize = 0x0010_0000 | 1;
const SIGSTOP: c_int = 19;
const AT_CALL: c_int = 5 | 0x80;
/// Threads too, but only children of this thread: other tests may have their own.
const WAIT: c_int = 0x4000_0000 | 0x2000_0000;

/// Linux's `struct ptrace_syscall_info`, as it is at the entry to a call.
#[repr(C)]
#[derive(Default)]
struct Info {
    op: u8,
    _before: [u64; 3],
    arguments: [u64; 6],
    _after: [u64; 3],
}

/// Waits until the traced thread stops, and tells its number and its signal; or until it ends.
fn wait() -> Result<(c_int, c_int), ExitStatus> {
    let mut status = 0;
    // SAFETY: see the head of the file.
    let pid = unsafe { waitpid(-1, &raw mut status, WAIT) };
    assert!(pid > 0, "the child is there until its end has been told");
    let status = ExitStatus::from_raw(status);
    status.stopped_signal().map_or(Err(status), |signal| Ok((pid, signal)))
}

/// Runs a scenario in a child and counts the calls of its thread; `None` where that is refused.
pub(crate) fn count(scenario: &str) -> Option<usize> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "system_calls::scenario", "--nocapture"])
        .env(SCENARIO, scenario)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let (mut counting, mut calls, mut ended) = (false, 0, None);
    let status = loop {
        let (pid, signal) = match wait() {
            Ok(stopped) => stopped,
            Err(status) => break status,
        };
        let mut info = Info::default();
        // SAFETY: see the head of the file.
        unsafe { ptrace(SET_OPTIONS, pid, 0_usize, OPTIONS) };
        if signal == AT_CALL {
            // SAFETY: see the head of the file.
            unsafe { ptrace(GET_SYSCALL_INFO, pid, size_of::<Info>(), &raw mut info) };
        }
        match (info.op, c_int::try_from(info.arguments[0])) {
            (1, Ok(BEGIN)) => counting = true,
            (1, Ok(END)) => ended = Some(calls),
            (1, _) if counting => calls += 1,
            _ => {}
        }
        let deliver = if signal == AT_CALL || signal == SIGSTOP { 0 } else { signal };
        // SAFETY: see the head of the file.
        unsafe { ptrace(SYSCALL, pid, 0_usize, usize::try_from(deliver).unwrap()) };
    };
    // The traced thread has ended, and has perhaps been told as the child itself.
    assert!(status.success() && child.wait().is_ok_and(|end| end.success()) || ended.is_some());
    ended
}

/// For the child: has its parent count the calls of a closure, which is run so many times.
pub(crate) fn traced(run: &dyn Fn()) {
    // SAFETY: see the head of the file; the signal stops this thread, until its tracer goes on.
    unsafe {
        if ptrace(TRACE_ME) < 0 {
            return eprintln!("tracing is refused: {}", std::io::Error::last_os_error());
        }
        raise(SIGSTOP);
        close(BEGIN);
        (0..TIMES).for_each(|_| run());
        close(END);
    }
}
