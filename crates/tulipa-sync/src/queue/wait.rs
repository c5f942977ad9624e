//! The futures of a queue: put, get, join.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::{Buffer, Queue};
use crate::error::{GetError, PutError, TryGetError, TryPutError};
use crate::raw::guarded::wake;
use crate::raw::{Guarding, Operation, Shared, Status, Wait, Waiter};

/// The future of [`Queue::put`].
///
/// It suspends only if the queue is full (and not shut down).
pub type Put<'a, B, G = Shared> = Wait<PutOp<'a, B, G>>;

/// The future of [`Queue::get`].
///
/// It suspends only if the queue is empty (and not shut down).
pub type Get<'a, B, G = Shared> = Wait<GetOp<'a, B, G>>;

/// The future of [`Queue::join`].
///
/// It suspends only if items are unfinished.
pub type Join<'a, B, G = Shared> = Wait<JoinOp<'a, B, G>>;

/// The operation of [`Put`].
pub struct PutOp<'a, B: Buffer, G: Guarding> {
    queue: &'a Queue<B, G>,
    /// Empty once the item was put, handed back or taken.
    item: Option<B::Item>,
}

impl<'a, B: Buffer, G: Guarding> PutOp<'a, B, G> {
    pub(super) const fn new(queue: &'a Queue<B, G>, item: B::Item) -> Self {
        Self { queue, item: Some(item) }
    }
}

impl<B: Buffer, G: Guarding> Put<'_, B, G> {
    /// Gives up putting and takes the item back; `None` if it was put already.
    ///
    /// The future must not be polled any more.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::pin::pin;
    /// use futures_lite::future;
    /// use tulipa_sync::Queue;
    ///
    /// # future::block_on(async {
    /// let queue = Queue::with_maxsize(1);
    /// queue.put("first").await.unwrap();
    /// let mut put = pin!(queue.put("second"));
    /// if future::poll_once(put.as_mut()).await.is_none() {
    ///     assert_eq!(put.take_item(), Some("second"));
    /// }
    /// # });
    /// ```
    pub fn take_item(self: Pin<&mut Self>) -> Option<B::Item> {
        let (operation, waiter) = self.project();
        operation.abandon(waiter);
        operation.item.take()
    }
}

impl<B: Buffer, G: Guarding> Operation for PutOp<'_, B, G> {
    type Output = Result<(), PutError<B::Item>>;
    type Payload = ();

    fn poll(&mut self, waiter: Pin<&mut Waiter>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let item = &mut self.item;
        assert!(item.is_some(), "a put was polled after it was ready or its item was taken");
        let done = ready!(self.queue.state.poll_wait(
            waiter,
            cx,
            |state| &mut state.putters,
            |state, _, _| match state.try_put(item) {
                Ok(next) => Poll::Ready(Ok(next)),
                Err(TryPutError::Full(())) => Poll::Pending,
                Err(TryPutError::ShutDown(())) => Poll::Ready(Err(item.take())),
            },
        ));
        Poll::Ready(match done {
            Ok(next) => {
                wake(next);
                Ok(())
            }
            Err(item) => item.map_or(Ok(()), |item| Err(PutError(item))),
        })
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter>) {
        self.queue.state.abandon(
            waiter,
            |state| &mut state.putters,
            |state, woken, _| {
                if woken && !state.is_full() { state.putters.wake_next() } else { None }
            },
        );
    }
}

impl<B: Buffer, G: Guarding> fmt::Debug for PutOp<'_, B, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Put")
            .field("queue", &self.queue)
            .field("has_item", &self.item.is_some())
            .finish()
    }
}

/// The operation of [`Get`].
pub struct GetOp<'a, B: Buffer, G: Guarding> {
    queue: &'a Queue<B, G>,
}

impl<'a, B: Buffer, G: Guarding> GetOp<'a, B, G> {
    pub(super) const fn new(queue: &'a Queue<B, G>) -> Self {
        Self { queue }
    }
}

impl<B: Buffer, G: Guarding> Operation for GetOp<'_, B, G> {
    type Output = Result<B::Item, GetError>;
    type Payload = ();

    fn poll(&mut self, waiter: Pin<&mut Waiter>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let done = ready!(self.queue.state.poll_wait(
            waiter,
            cx,
            |state| &mut state.getters,
            |state, _, _| match state.try_get() {
                Ok(got) => Poll::Ready(Ok(got)),
                Err(TryGetError::Empty) => Poll::Pending,
                Err(TryGetError::ShutDown) => Poll::Ready(Err(GetError(()))),
            },
        ));
        Poll::Ready(done.map(|(item, next)| {
            wake(next);
            item
        }))
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter>) {
        self.queue.state.abandon(
            waiter,
            |state| &mut state.getters,
            |state, woken, _| {
                if woken && !state.items.is_empty() { state.getters.wake_next() } else { None }
            },
        );
    }
}

impl<B: Buffer, G: Guarding> fmt::Debug for GetOp<'_, B, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Get").field("queue", &self.queue).finish()
    }
}

/// The operation of [`Join`].
pub struct JoinOp<'a, B: Buffer, G: Guarding> {
    queue: &'a Queue<B, G>,
}

impl<'a, B: Buffer, G: Guarding> JoinOp<'a, B, G> {
    pub(super) const fn new(queue: &'a Queue<B, G>) -> Self {
        Self { queue }
    }
}

impl<B: Buffer, G: Guarding> Operation for JoinOp<'_, B, G> {
    type Output = ();
    type Payload = ();

    fn poll(&mut self, waiter: Pin<&mut Waiter>, cx: &mut Context<'_>) -> Poll<()> {
        self.queue.state.poll_wait(
            waiter,
            cx,
            |state| &mut state.joiners,
            |state, status, _| {
                if state.unfinished == 0 || status == Status::Woken {
                    Poll::Ready(())
                } else {
                    Poll::Pending
                }
            },
        )
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter>) {
        self.queue.state.abandon(waiter, |state| &mut state.joiners, |_, _, _| None);
    }
}

impl<B: Buffer, G: Guarding> fmt::Debug for JoinOp<'_, B, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Join").field("queue", &self.queue).finish()
    }
}
