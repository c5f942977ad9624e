//! The same primitives for one thread, guarded by a flag in a cell instead of a mutex.
//!
//! They behave alike to the last wake-up and cost less; they are `!Sync`, and so are their guards
//! and futures `!Send`. Use them where all tasks run on one thread anyway.
//!
//! # Examples
//!
//! ```
//! # futures_lite::future::block_on(async {
//! use std::rc::Rc;
//! use tulipa_sync::local::Lock;
//!
//! let lock = Rc::new(Lock::with(Rc::new(1))); // an `Rc` may be in it
//! let guard = lock.acquire_owned().await;
//! assert_eq!(**guard, 1);
//! # });
//! ```

use crate::raw::Local;
use crate::{condition, event, lock, queue};

/// [`Lock`](crate::Lock) for one thread.
pub type Lock<T = ()> = lock::Lock<T, Local>;
/// [`LockGuard`](crate::LockGuard) for one thread.
pub type LockGuard<'a, T = ()> = lock::LockGuard<'a, T, Local>;
/// [`OwnedLockGuard`](crate::OwnedLockGuard) for one thread: it keeps an `Rc`.
pub type OwnedLockGuard<T = ()> = lock::OwnedLockGuard<T, Local>;
/// [`Acquire`](crate::Acquire) for one thread.
pub type Acquire<'a, T = ()> = lock::Acquire<'a, T, Local>;
/// [`AcquireOwned`](crate::AcquireOwned) for one thread.
pub type AcquireOwned<T = ()> = lock::AcquireOwned<T, Local>;

/// [`Event`](crate::Event) for one thread.
pub type Event = event::Event<Local>;
/// [`EventWait`](crate::EventWait) for one thread.
pub type EventWait<'a> = event::EventWait<'a, Local>;

/// [`Condition`](crate::Condition) for one thread.
pub type Condition<T = ()> = condition::Condition<T, Local>;
/// [`ConditionGuard`](crate::ConditionGuard) for one thread.
pub type ConditionGuard<'a, T = ()> = condition::ConditionGuard<'a, T, Local>;
/// [`ConditionAcquire`](crate::ConditionAcquire) for one thread.
pub type ConditionAcquire<'a, T = ()> = condition::ConditionAcquire<'a, T, Local>;
/// [`ConditionWait`](crate::ConditionWait) for one thread.
pub type ConditionWait<'a, T = ()> = condition::ConditionWait<'a, T, Local>;
/// [`ConditionWaitFor`](crate::ConditionWaitFor) for one thread.
pub type ConditionWaitFor<'a, T, F> = condition::ConditionWaitFor<'a, T, F, Local>;

/// [`Queue`](crate::Queue) for one thread.
pub type Queue<T> = queue::Queue<queue::Fifo<T>, Local>;
/// The future of [`Queue::put`](Queue#method.put).
pub type Put<'a, T> = queue::Put<'a, queue::Fifo<T>, Local>;
/// The future of [`Queue::get`](Queue#method.get).
pub type Get<'a, T> = queue::Get<'a, queue::Fifo<T>, Local>;
/// The future of [`Queue::join`](Queue#method.join).
pub type Join<'a, T> = queue::Join<'a, queue::Fifo<T>, Local>;
