//! Fair locks, events, conditions and queues that need nothing but a `Waker`.
#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

mod condition;
mod error;
mod event;
pub mod generic;
pub mod local;
mod lock;
mod queue;
#[allow(unsafe_code, reason = "the nodes in the futures; see its protocol")]
mod raw;
mod sync;

pub use condition::{ConditionAcquire, ConditionGuard, ConditionWait, ConditionWaitFor};
pub use error::{GetError, PutError, ReleaseError, TaskDoneError, TryGetError, TryPutError};
pub use event::EventWait;
pub use lock::{Acquire, AcquireOwned, LockGuard, OwnedLockGuard};

use raw::Shared;

/// A fair lock, with or without a value in it: see [`generic::Lock`].
pub type Lock<T = ()> = generic::Lock<T, Shared>;

/// A flag that tasks wait for: see [`generic::Event`].
pub type Event = generic::Event<Shared>;

/// A lock whose holder can wait for others to change what it protects: see
/// [`generic::Condition`].
pub type Condition<T = ()> = generic::Condition<T, Shared>;

/// asyncio's `Queue`: the oldest item first. See [`generic::Queue`].
pub type Queue<T> = generic::Queue<generic::Fifo<T>, Shared>;
/// The future of [`Queue::put`](Queue#method.put).
pub type Put<'a, T> = generic::Put<'a, generic::Fifo<T>, Shared>;
/// The future of [`Queue::get`](Queue#method.get).
pub type Get<'a, T> = generic::Get<'a, generic::Fifo<T>, Shared>;
/// The future of [`Queue::join`](Queue#method.join).
pub type Join<'a, T> = generic::Join<'a, generic::Fifo<T>, Shared>;
