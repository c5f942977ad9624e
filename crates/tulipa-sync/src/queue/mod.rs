//! A queue between tasks, with a bound, a way to wait until all work is done, and an end.
//!
//! # Protocol
//!
//! All fields of [`State`] are guarded. An item put wakes the head of `getters`, an item got the
//! head of `putters`; a woken waiter looks again, and if it was woken in vain (somebody who did
//! not wait was faster) goes to the tail. A woken waiter that goes away wakes the next, if there
//! is still something for it. `joiners` are released when `unfinished` falls to zero. Shutting
//! down releases getters and putters.

use core::fmt;
use core::task::Waker;

use crate::error::{TaskDoneError, TryGetError, TryPutError};
use crate::raw::guarded::wake;
use crate::raw::{Guarded, Guarding, Shared, Wait, Waiters};

mod buffer;
mod wait;

pub use buffer::{Buffer, Fifo, Lifo, Priority};
pub use wait::{Get, Join, Put};
use wait::{GetOp, JoinOp, PutOp};

struct State<B> {
    items: B,
    /// 0 stands for no bound.
    maxsize: usize,
    /// Items put and not yet reported by `task_done`.
    unfinished: usize,
    shut_down: bool,
    getters: Waiters,
    putters: Waiters,
    joiners: Waiters,
}

impl<B: Buffer> State<B> {
    fn is_full(&self) -> bool {
        self.maxsize != 0 && self.items.len() >= self.maxsize
    }

    /// Puts the item in `slot`, and says whom to wake; leaves it there if that cannot be now.
    fn try_put(&mut self, slot: &mut Option<B::Item>) -> Result<Option<Waker>, TryPutError<()>> {
        if self.shut_down {
            return Err(TryPutError::ShutDown(()));
        }
        if self.is_full() {
            return Err(TryPutError::Full(()));
        }
        if let Some(item) = slot.take() {
            self.items.push(item);
            self.unfinished += 1;
        }
        Ok(self.getters.wake_next())
    }

    /// Gets an item, and says whom to wake.
    fn try_get(&mut self) -> Result<(B::Item, Option<Waker>), TryGetError> {
        match self.items.pop() {
            Some(item) => Ok((item, self.putters.wake_next())),
            None if self.shut_down => Err(TryGetError::ShutDown),
            None => Err(TryGetError::Empty),
        }
    }
}

/// The queue behind [`Queue`](crate::Queue) and its kin, over the order of its items and how it is
/// guarded.
///
/// # Order
///
/// A put or get that need not wait does not suspend (asyncio statement S-QUEUE-1): a task that
/// only puts into an unbounded queue keeps the others from running. Waiters are woken in order of
/// arrival, but nothing is reserved for them: a `get_nowait` in between may take the item, and
/// the waiter goes to the tail (S-QUEUE-2).
pub struct Queue<B: Buffer, G: Guarding = Shared> {
    state: Guarded<State<B>, G>,
}

impl<B: Buffer, G: Guarding> Queue<B, G> {
    /// Makes a queue without bound.
    pub const fn new() -> Self {
        Self::with_maxsize(0)
    }

    /// Makes a queue of at most `maxsize` items; 0 means no bound, as in asyncio.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_sync::{Queue, TryPutError};
    ///
    /// let queue = Queue::with_maxsize(1);
    /// queue.put_nowait("first").unwrap();
    /// assert_eq!(queue.put_nowait("second"), Err(TryPutError::Full("second")));
    /// ```
    #[doc(alias("bounded", "with_capacity"))]
    pub const fn with_maxsize(maxsize: usize) -> Self {
        Self {
            state: Guarded::new(State {
                items: B::EMPTY,
                maxsize,
                unfinished: 0,
                shut_down: false,
                getters: Waiters::new(),
                putters: Waiters::new(),
                joiners: Waiters::new(),
            }),
        }
    }

    /// Puts an item, waiting for room.
    ///
    /// Does not suspend if there is room, or if the queue is shut down.
    ///
    /// # Errors
    ///
    /// [`PutError`](crate::PutError), with the item, if the queue is shut down, before or
    /// meanwhile.
    ///
    /// # Cancel safety
    ///
    /// A future that is dropped before it is ready has not put: the item is dropped with it. To
    /// keep the item, take it with [`Put::take_item`] first.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// let queue = tulipa_sync::Queue::with_maxsize(1);
    /// assert_eq!(queue.put("job").await, Ok(()));
    /// assert!(queue.full());
    /// # });
    /// ```
    #[doc(alias = "send")]
    pub const fn put(&self, item: B::Item) -> Put<'_, B, G> {
        Wait::new(PutOp::new(self, item))
    }

    /// Gets an item, waiting for one.
    ///
    /// Does not suspend if there is one, or if the queue is shut down.
    ///
    /// # Errors
    ///
    /// [`GetError`](crate::GetError) if the queue is shut down and empty, before or meanwhile.
    ///
    /// # Cancel safety
    ///
    /// No item is lost: the future takes one out only in the poll that returns it. A wake-up that
    /// it had been given goes to the next who waits.
    #[doc(alias = "recv")]
    pub const fn get(&self) -> Get<'_, B, G> {
        Wait::new(GetOp::new(self))
    }

    /// Puts an item if there is room; does not wait.
    ///
    /// # Errors
    ///
    /// [`TryPutError`], with the item, if the queue is full or shut down.
    #[doc(alias = "try_send")]
    pub fn put_nowait(&self, item: B::Item) -> Result<(), TryPutError<B::Item>> {
        let mut slot = Some(item);
        let done = self.state.with(|state| state.try_put(&mut slot));
        match (done, slot) {
            (Err(TryPutError::Full(())), Some(item)) => Err(TryPutError::Full(item)),
            (Err(TryPutError::ShutDown(())), Some(item)) => Err(TryPutError::ShutDown(item)),
            (done, _) => {
                wake(done.unwrap_or(None));
                Ok(())
            }
        }
    }

    /// Gets an item if there is one; does not wait.
    ///
    /// # Errors
    ///
    /// [`TryGetError`] if the queue is empty; it says whether it is shut down too.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_sync::{Queue, TryGetError};
    ///
    /// let queue = Queue::new();
    /// assert_eq!(queue.get_nowait(), Err(TryGetError::Empty));
    /// queue.put_nowait(1).unwrap();
    /// assert_eq!(queue.get_nowait(), Ok(1));
    /// ```
    #[doc(alias = "try_recv")]
    pub fn get_nowait(&self) -> Result<B::Item, TryGetError> {
        let (item, next) = self.state.with(State::try_get)?;
        wake(next);
        Ok(item)
    }

    /// Reports that the work on one item is done.
    ///
    /// The report on the last item put lets those in [`join`](Self::join) go on.
    ///
    /// # Errors
    ///
    /// [`TaskDoneError`] if it is called more often than items were put.
    pub fn task_done(&self) -> Result<(), TaskDoneError> {
        let last = self.state.with(|state| {
            state.unfinished = state.unfinished.checked_sub(1).ok_or(TaskDoneError(()))?;
            let last = state.unfinished == 0;
            if last {
                state.joiners.release_all();
            }
            Ok(last)
        })?;
        if last {
            self.state.wake_released(|state| &mut state.joiners);
        }
        Ok(())
    }

    /// Waits until the work on every item put is done, as [`task_done`](Self::task_done) reports.
    ///
    /// Does not suspend if nothing is unfinished.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// let queue = tulipa_sync::Queue::new();
    /// queue.put_nowait("a job").unwrap();
    /// let work = async {
    ///     let job = queue.get().await?;
    ///     assert_eq!(job, "a job");
    ///     queue.task_done().unwrap();
    ///     Ok::<(), tulipa_sync::GetError>(())
    /// };
    /// let (done, ()) = futures_lite::future::zip(work, queue.join()).await;
    /// # done.unwrap(); });
    /// ```
    pub const fn join(&self) -> Join<'_, B, G> {
        Wait::new(JoinOp::new(self))
    }

    /// Ends the queue: nothing can be put any more.
    ///
    /// What is in the queue can still be got; then, or at once with `immediate`, gets fail. With
    /// `immediate` the items are dropped and count as finished; those already handed out do not,
    /// [`join`](Self::join) still waits for them (asyncio statements S-QUEUE-6 and S-QUEUE-7). It
    /// wakes those in `join` if nothing is left to wait for, then all in `get`, then all in `put`.
    /// Once more is no harm.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// let queue = tulipa_sync::Queue::new();
    /// queue.put_nowait(1).unwrap();
    /// queue.shutdown(false);
    /// assert!(queue.put(2).await.is_err());
    /// assert_eq!(queue.get().await, Ok(1));
    /// assert!(queue.get().await.is_err());
    /// # });
    /// ```
    #[doc(alias = "close")]
    pub fn shutdown(&self, immediate: bool) {
        let dropped = self.state.with(|state| {
            state.shut_down = true;
            state.getters.release_all();
            state.putters.release_all();
            let dropped = immediate.then(|| core::mem::replace(&mut state.items, B::EMPTY));
            let count = dropped.as_ref().map_or(0, Buffer::len);
            state.unfinished = state.unfinished.saturating_sub(count);
            if immediate && state.unfinished == 0 {
                state.joiners.release_all();
            }
            dropped
        });
        self.state.wake_released(|state| &mut state.joiners);
        self.state.wake_released(|state| &mut state.getters);
        self.state.wake_released(|state| &mut state.putters);
        drop(dropped);
    }

    /// How many items are in the queue.
    #[doc(alias = "len")]
    pub fn qsize(&self) -> usize {
        self.state.with(|state| state.items.len())
    }

    /// True if no item is in the queue.
    #[doc(alias = "is_empty")]
    pub fn empty(&self) -> bool {
        self.qsize() == 0
    }

    /// True if [`maxsize`](Self::maxsize) items are in the queue; never if it has no bound.
    #[doc(alias = "is_full")]
    pub fn full(&self) -> bool {
        self.state.with(|state| state.is_full())
    }

    /// How many items may be in the queue; 0 if there is no bound.
    #[doc(alias = "capacity")]
    pub fn maxsize(&self) -> usize {
        self.state.with(|state| state.maxsize)
    }
}

impl<B: Buffer, G: Guarding> Default for Queue<B, G> {
    fn default() -> Self {
        Self::new()
    }
}

impl<B: Buffer, G: Guarding> fmt::Debug for Queue<B, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut out, name) = (f.debug_struct(B::NAME), "qsize");
        self.state
            .with(|state| {
                [
                    (name, state.items.len()),
                    ("maxsize", state.maxsize),
                    ("unfinished", state.unfinished),
                    ("getters", state.getters.count()),
                    ("putters", state.putters.count()),
                ]
            })
            .iter()
            .fold(&mut out, |out, (name, value)| out.field(name, value))
            .finish_non_exhaustive()
    }
}
