//! The futures of a channel: send, receive.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::{Receiver, Sender};
use crate::error::{RecvError, SendError, TryRecvError, TrySendError};
use crate::raw::guarded::wake;
use crate::raw::{Guarding, Operation, Shared, Status, Wait, Waiter};

/// The future of [`Sender::send`].
///
/// It suspends only if there is no room, no receiver waits, and the receivers are not gone.
pub type ChannelSend<'a, T, G = Shared> = Wait<SendOp<'a, T, G>>;

/// The future of [`Receiver::recv`].
///
/// It suspends only if there is no item, and the senders are not gone.
pub type ChannelRecv<'a, T, G = Shared> = Wait<RecvOp<'a, T, G>>;

/// The operation of [`ChannelSend`]. The item is the waiter's payload until it was sent.
pub struct SendOp<'a, T, G: Guarding> {
    sender: &'a Sender<T, G>,
    done: bool,
}

impl<'a, T, G: Guarding> SendOp<'a, T, G> {
    pub(super) const fn new(sender: &'a Sender<T, G>) -> Self {
        Self { sender, done: false }
    }
}

impl<T, G: Guarding> ChannelSend<'_, T, G> {
    /// Gives up sending and takes the item back; `None` if it was sent already.
    ///
    /// The future must not be polled any more.
    pub fn take_item(self: Pin<&mut Self>) -> Option<T> {
        let (operation, mut waiter) = self.project();
        operation.abandon(waiter.as_mut());
        operation.done = true;
        operation.sender.shore.state.with(|state| state.sending.payload(waiter).take())
    }
}

impl<T, G: Guarding> Operation for SendOp<'_, T, G> {
    type Output = Result<(), SendError<T>>;
    type Payload = Option<T>;

    fn poll(
        &mut self,
        waiter: Pin<&mut Waiter<Option<T>>>,
        cx: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        assert!(!self.done, "a send was polled after it was ready or its item was taken");
        let (unsent, next) = ready!(self.sender.shore.state.poll_wait(
            waiter,
            cx,
            |state| &mut state.sending,
            |state, status, mut waiter| {
                if status == Status::Waiting {
                    return Poll::Pending;
                }
                let mut item = state.sending.payload(waiter.as_mut()).take();
                if status == Status::Woken {
                    return Poll::Ready((item, None));
                }
                match state.try_send(&mut item) {
                    Ok(next) => Poll::Ready((None, next)),
                    Err(TrySendError::Closed(())) => Poll::Ready((item, None)),
                    Err(TrySendError::Full(())) => {
                        *state.sending.payload(waiter) = item;
                        Poll::Pending
                    }
                }
            },
        ));
        self.done = true;
        wake(next);
        Poll::Ready(unsent.map_or(Ok(()), |item| Err(SendError(item))))
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter<Option<T>>>) {
        // Taken or not, the item in the payload is not for anybody else.
        self.sender.shore.state.abandon(waiter, |state| &mut state.sending, |_, _, _| None);
    }
}

impl<T, G: Guarding> fmt::Debug for SendOp<'_, T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChannelSend")
            .field("sender", &self.sender)
            .field("done", &self.done)
            .finish()
    }
}

/// The operation of [`ChannelRecv`]. The item is put into the waiter's payload.
pub struct RecvOp<'a, T, G: Guarding> {
    receiver: &'a Receiver<T, G>,
}

impl<'a, T, G: Guarding> RecvOp<'a, T, G> {
    pub(super) const fn new(receiver: &'a Receiver<T, G>) -> Self {
        Self { receiver }
    }
}

impl<T, G: Guarding> Operation for RecvOp<'_, T, G> {
    type Output = Result<T, RecvError>;
    type Payload = Option<T>;

    fn poll(
        &mut self,
        waiter: Pin<&mut Waiter<Option<T>>>,
        cx: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        let (received, next) = ready!(self.receiver.shore.state.poll_wait(
            waiter,
            cx,
            |state| &mut state.receiving,
            |state, status, waiter| {
                if status == Status::Waiting {
                    return Poll::Pending;
                }
                if let Some(item) = state.receiving.payload(waiter).take() {
                    return Poll::Ready((Some(item), None));
                }
                // A newcomer, or woken by the end: before that, an item may have been put back.
                match state.try_recv() {
                    Ok((item, next)) => Poll::Ready((Some(item), next)),
                    Err(TryRecvError::Closed) => Poll::Ready((None, None)),
                    Err(TryRecvError::Empty) => Poll::Pending,
                }
            },
        ));
        wake(next);
        Poll::Ready(received.ok_or(RecvError(())))
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter<Option<T>>>) {
        self.receiver.shore.state.abandon(
            waiter,
            |state| &mut state.receiving,
            |state, _, waiter| {
                let item = state.receiving.payload(waiter).take()?;
                state.put_back(item)
            },
        );
    }
}

impl<T, G: Guarding> fmt::Debug for RecvOp<'_, T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChannelRecv").field("receiver", &self.receiver).finish()
    }
}
