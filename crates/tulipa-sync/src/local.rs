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

use crate::channel::pair;
use crate::raw::Local;
use crate::{barrier, condition, event, limiter, lock, queue, semaphore};

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

/// [`Semaphore`](crate::Semaphore) for one thread.
pub type Semaphore = semaphore::Semaphore<Local, false>;
/// [`BoundedSemaphore`](crate::BoundedSemaphore) for one thread.
pub type BoundedSemaphore = semaphore::Semaphore<Local, true>;
/// [`SemaphorePermit`](crate::SemaphorePermit) for one thread.
pub type SemaphorePermit<'a, const BOUNDED: bool = false> =
    semaphore::SemaphorePermit<'a, Local, BOUNDED>;
/// [`OwnedSemaphorePermit`](crate::OwnedSemaphorePermit) for one thread: it keeps an `Rc`.
pub type OwnedSemaphorePermit<const BOUNDED: bool = false> =
    semaphore::OwnedSemaphorePermit<Local, BOUNDED>;
/// [`SemaphoreAcquire`](crate::SemaphoreAcquire) for one thread.
pub type SemaphoreAcquire<'a, const BOUNDED: bool = false> =
    semaphore::SemaphoreAcquire<'a, Local, BOUNDED>;
/// [`SemaphoreAcquireOwned`](crate::SemaphoreAcquireOwned) for one thread.
pub type SemaphoreAcquireOwned<const BOUNDED: bool = false> =
    semaphore::SemaphoreAcquireOwned<Local, BOUNDED>;

/// [`Barrier`](crate::Barrier) for one thread.
pub type Barrier = barrier::Barrier<Local>;
/// [`BarrierWait`](crate::BarrierWait) for one thread.
pub type BarrierWait<'a> = barrier::BarrierWait<'a, Local>;

/// [`CapacityLimiter`](crate::CapacityLimiter) for one thread.
pub type CapacityLimiter<B> = limiter::CapacityLimiter<B, Local>;
/// [`LimiterToken`](crate::LimiterToken) for one thread.
pub type LimiterToken<'a, B> = limiter::LimiterToken<'a, B, Local>;
/// [`OwnedLimiterToken`](crate::OwnedLimiterToken) for one thread: it keeps an `Rc`.
pub type OwnedLimiterToken<B> = limiter::OwnedLimiterToken<B, Local>;
/// [`LimiterAcquire`](crate::LimiterAcquire) for one thread.
pub type LimiterAcquire<'a, B> = limiter::LimiterAcquire<'a, B, Local>;
/// [`LimiterAcquireOwned`](crate::LimiterAcquireOwned) for one thread.
pub type LimiterAcquireOwned<B> = limiter::LimiterAcquireOwned<B, Local>;

/// [`Sender`](crate::Sender) for one thread.
pub type Sender<T> = crate::channel::Sender<T, Local>;
/// [`Receiver`](crate::Receiver) for one thread.
pub type Receiver<T> = crate::channel::Receiver<T, Local>;
/// [`ChannelSend`](crate::ChannelSend) for one thread.
pub type ChannelSend<'a, T> = crate::channel::ChannelSend<'a, T, Local>;
/// [`ChannelRecv`](crate::ChannelRecv) for one thread.
pub type ChannelRecv<'a, T> = crate::channel::ChannelRecv<'a, T, Local>;

/// [`channel`](crate::channel()) for one thread.
pub fn channel<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    pair(capacity)
}

/// [`Queue`](crate::Queue) for one thread.
pub type Queue<T> = queue::Queue<queue::Fifo<T>, Local>;
/// [`LifoQueue`](crate::LifoQueue) for one thread.
pub type LifoQueue<T> = queue::Queue<queue::Lifo<T>, Local>;
/// [`PriorityQueue`](crate::PriorityQueue) for one thread.
pub type PriorityQueue<T> = queue::Queue<queue::Priority<T>, Local>;
/// The future of [`Queue::put`](crate::generic::Queue::put).
pub type Put<'a, T> = queue::Put<'a, queue::Fifo<T>, Local>;
/// The future of [`Queue::get`](crate::generic::Queue::get).
pub type Get<'a, T> = queue::Get<'a, queue::Fifo<T>, Local>;
/// The future of [`Queue::join`](crate::generic::Queue::join).
pub type Join<'a, T> = queue::Join<'a, queue::Fifo<T>, Local>;
