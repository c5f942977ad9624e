//! Fair locks, events, conditions and queues that need nothing but a `Waker`.
#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

mod barrier;
mod channel;
mod condition;
mod error;
mod event;
pub mod generic;
mod limiter;
pub mod local;
mod lock;
mod queue;
#[allow(unsafe_code, reason = "the nodes in the futures; see its protocol")]
mod raw;
mod semaphore;
mod sync;

pub use barrier::BarrierWait;
pub use channel::{ChannelRecv, ChannelSend, Receiver, Sender};
pub use condition::{ConditionAcquire, ConditionGuard, ConditionWait, ConditionWaitFor};
pub use error::{
    AlreadyBorrowedError, BrokenBarrierError, GetError, NotBorrowedError, OverReleaseError,
    PutError, RecvError, ReleaseError, SendError, TaskDoneError, TryBorrowError, TryGetError,
    TryPutError, TryRecvError, TrySendError,
};
pub use event::EventWait;
pub use limiter::{LimiterAcquire, LimiterAcquireOwned, LimiterToken, OwnedLimiterToken};
pub use lock::{Acquire, AcquireOwned, LockGuard, OwnedLockGuard};
pub use semaphore::{
    OwnedSemaphorePermit, SemaphoreAcquire, SemaphoreAcquireOwned, SemaphorePermit,
};

use raw::Shared;

/// A fair lock, with or without a value in it: see [`generic::Lock`].
pub type Lock<T = ()> = generic::Lock<T, Shared>;

/// A flag that tasks wait for: see [`generic::Event`].
pub type Event = generic::Event<Shared>;

/// A lock whose holder can wait for others to change what it protects: see
/// [`generic::Condition`].
pub type Condition<T = ()> = generic::Condition<T, Shared>;

/// asyncio's `Semaphore`: a counter of permits. See [`generic::Semaphore`].
pub type Semaphore = generic::Semaphore<Shared, false>;

/// asyncio's `BoundedSemaphore`: a semaphore that cannot be released beyond what it began with.
/// See [`generic::Semaphore`].
pub type BoundedSemaphore = generic::Semaphore<Shared, true>;

/// Lets tasks go on when enough of them have come: see [`generic::Barrier`].
pub type Barrier = generic::Barrier<Shared>;

/// Tokens lent to named borrowers, as many as one likes: see [`generic::CapacityLimiter`].
pub type CapacityLimiter<B> = generic::CapacityLimiter<B, Shared>;

/// asyncio's `Queue`: the oldest item first. See [`generic::Queue`].
pub type Queue<T> = generic::Queue<generic::Fifo<T>, Shared>;

/// asyncio's `LifoQueue`: the newest item first. See [`generic::Queue`].
pub type LifoQueue<T> = generic::Queue<generic::Lifo<T>, Shared>;

/// asyncio's `PriorityQueue`: the smallest item first, and among equals the oldest (where asyncio
/// has no order, statement S-QUEUE-5). See [`generic::Queue`].
///
/// The comparison of items must not use the queue.
///
/// # Examples
///
/// ```
/// use tulipa_sync::PriorityQueue;
///
/// let queue = PriorityQueue::new();
/// queue.put_nowait((2, "later")).unwrap();
/// queue.put_nowait((1, "now")).unwrap();
/// assert_eq!(queue.get_nowait(), Ok((1, "now")));
/// ```
pub type PriorityQueue<T> = generic::Queue<generic::Priority<T>, Shared>;

/// The future of [`Queue::put`](generic::Queue::put).
pub type Put<'a, T> = generic::Put<'a, generic::Fifo<T>, Shared>;
/// The future of [`Queue::get`](generic::Queue::get).
pub type Get<'a, T> = generic::Get<'a, generic::Fifo<T>, Shared>;
/// The future of [`Queue::join`](generic::Queue::join).
pub type Join<'a, T> = generic::Join<'a, generic::Fifo<T>, Shared>;

/// Makes a channel whose buffer holds up to `capacity` items: trio's memory channel.
///
/// At capacity 0 an item goes from hand to hand: a send waits until somebody receives.
/// `usize::MAX` is no bound. Either end may be cloned, and a side closes when its last clone is
/// dropped.
///
/// # Examples
///
/// ```
/// # futures_lite::future::block_on(async {
/// let (sender, receiver) = tulipa_sync::channel(1);
/// sender.send("hello").await.unwrap();
/// drop(sender);
/// assert_eq!(receiver.recv().await, Ok("hello"));
/// assert!(receiver.recv().await.is_err(), "all senders are gone");
/// # });
/// ```
#[doc(alias = "open_memory_channel")]
pub fn channel<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    channel::pair(capacity)
}
