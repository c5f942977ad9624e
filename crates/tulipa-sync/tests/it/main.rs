//! The tests of tulipa-sync: by hand-polling, by model, and on three executors.

#[cfg(not(loom))]
mod allocations; // the allocator of this binary counts
#[cfg(not(loom))]
mod on; // one face for three executors
#[cfg(not(loom))]
mod support; // polling by hand with wakers that write down who was woken

/// Everything about behaviour, on the primitives that threads may share.
#[cfg(not(loom))]
#[path = "."]
mod shared {
    mod kind {
        pub(crate) use std::sync::Arc as Pointer;
        pub(crate) use tulipa_sync::generic::Shared as Guard;
        pub(crate) use tulipa_sync::*;
    }

    mod barrier; // S-BARRIER
    mod budgets_waits; // no wait allocates
    mod cancel_points; // every wait, given up at each of its suspensions
    mod cancel_points_flow; // the same for queues and channels
    mod channel; // order, rendezvous, ends that close
    mod condition; // S-COND, and dropping a wait in each of its steps
    mod cpython; // what CPython tests of the same primitives, on each executor
    mod event; // S-EVENT
    mod limiter; // names, order, a total that moves
    mod lock; // S-LOCK, guards, the explicit release
    mod model; // random operations on locks, events, conditions against a plain model
    mod model_barrier; // the same for barriers
    mod model_channel; // the same for channels, with ends that close
    mod model_limiter; // the same for limiters
    mod model_queue; // the same for queues, of each order
    mod model_semaphore; // the same for semaphores, plain and bounded
    mod orders; // S-QUEUE-5
    mod queue; // S-QUEUE, shutdown
    mod semaphore; // S-SEM
}

/// The same tests, on the primitives for one thread.
#[cfg(not(loom))]
#[expect(clippy::duplicate_mod, reason = "both kinds keep the same promises")]
#[path = "."]
mod local {
    mod kind {
        pub(crate) use std::rc::Rc as Pointer;
        pub(crate) use tulipa_sync::generic::Local as Guard;
        pub(crate) use tulipa_sync::local::*;
    }

    mod barrier;
    mod budgets_waits;
    mod cancel_points;
    mod cancel_points_flow;
    mod channel;
    mod condition;
    mod cpython;
    mod event;
    mod limiter;
    mod lock;
    mod model;
    mod model_barrier;
    mod model_channel;
    mod model_limiter;
    mod model_queue;
    mod model_semaphore;
    mod orders;
    mod queue;
    mod reentry; // a comparison that uses the queue that compares
    mod semaphore;
}

#[cfg(all(not(loom), target_os = "linux", target_pointer_width = "64"))]
mod budgets; // bytes of each type
#[cfg(not(loom))]
mod executors; // tokio and smol run it
#[cfg(not(loom))]
mod traits; // who is Send, Sync, Unpin
