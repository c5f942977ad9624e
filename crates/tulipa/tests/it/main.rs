//! The tests of the facade: what it exports, how runs begin and end, and all crates together on
//! the real loop.

mod context; // S-ERR-2, S-RUN-8, S-LOOP-17: context variables
mod cpython; // CPython's own tests, written anew
mod entering; // `run`, `Runner` and `EventLoop`: running, stopping, running again
mod exports; // every public item of every crate, exactly once
mod outside; // what is asked for outside a loop, and who is blamed
mod real_threads; // work sent from other threads
mod shutdown; // how a run ends: who is cancelled, awaited, reported
mod stack; // cancel, timeout, gather, groups, queues: together, on both backends
mod support; // a log, panics and who is blamed for them
mod traits; // who is `Send`, `Sync`, `Unpin`
