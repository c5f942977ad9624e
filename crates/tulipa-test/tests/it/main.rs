//! The tests of tulipa-test: the loop with the virtual clock, and the tools around it.

mod cancel_points; // what `cancel_at_every_suspension` counts and what it finds
mod conformance; // the promises of the seam, kept by `TestLoop`
mod ends; // a loop that is dropped: tasks, wakers, handles, loops in loops
mod hand; // a future polled by hand, a waker that counts
mod panics; // in tasks, callbacks, wakers, destructors
mod real_threads; // wake-ups from other threads
mod stalled; // the error that names who waits for ever
mod virtual_clock; // jumping, advancing, scripted readiness
