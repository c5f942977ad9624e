//! Everything the primitives are made of, and (with `lock/guard.rs`) all of the crate's `unsafe`.
//!
//! * [`guarded`]: a primitive's few fields, and how they are guarded: by a mutex or by a flag.
//! * [`waiters`]: the queue of those who wait; each node lies inside a waiting future.
//! * [`wait`]: the one future type, which pins a node and takes it out again.
//!
//! # Protocol
//!
//! A primitive is a [`Guarded`] state with one or more [`Waiters`] in it. Nothing foreign runs
//! while the guard is held: wakers are cloned before, and woken or dropped after; so are the
//! items of a queue. The exceptions: comparing a priority queue's items, comparing and cloning a
//! capacity limiter's borrowers. They must not use the primitive that does it.

pub(crate) mod guarded;
pub(crate) mod wait;
pub(crate) mod waiters;

pub(crate) use guarded::Guarded;
pub use guarded::{Guarding, Local, Shared};
pub use wait::{Operation, Wait};
pub(crate) use waiters::Waiter;
pub(crate) use waiters::{Status, Waiters};
