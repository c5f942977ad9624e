//! The tests of tulipa-loop: its order, its lateness, its threads, its end, and what it costs.

mod allocations; // how many allocations a callback, a timer and a wake-up make
mod close; // what closing reports and drops, on which thread, and what may come after it
mod close_real_threads; // wake-ups that race the end of a loop
mod conformance; // the promises of the seam, kept on both backends
mod context; // S-LOOP-17, S-ERR-2: context variables
mod cpython; // CPython's own tests, written anew
mod crowd; // a million of everything
mod errors; // panics wherever they can happen, and the words of errors
mod flags; // what a signal handler may tell a loop
mod handles; // cancelling, and when a closure is let go
mod host; // `turn`, `next_deadline` and `AsFd` under a foreign loop
mod io; // sources on both backends
mod late; // a loop that finds several deadlines passed at once
mod loops; // several loops, on one thread and on several
mod order; // what runs before what
mod real_threads; // callbacks and stops sent from other threads
mod real_time; // how long things take, by the machine's clock
mod support; // both backends, a log, a registered socket
#[cfg(target_os = "linux")]
mod system_calls; // how many system calls an iteration, a sleep and a wake-up make
mod timers; // deadlines at every edge
#[cfg(target_os = "linux")]
mod tracer; // counts the system calls of a child process
