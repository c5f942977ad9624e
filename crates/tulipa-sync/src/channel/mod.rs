//! A channel: a bounded buffer between two counted ends, each of which sees the other close.
//!
//! # Protocol
//!
//! All of [`State`] is guarded. An item travels by hand: a sender gives it to the first waiting
//! receiver (in the payload of its waiter), else to the buffer if there is room, else it waits
//! with the item in the payload of its own waiter, where a receiver takes it from. So, always:
//!
//! * who waits to receive and was not woken: then the buffer is empty and nobody waits to send;
//! * who waits to send and was not woken: then the buffer is full.
//!
//! A woken waiter is answered by its payload: a receiver that finds none, or a sender that still
//! finds its own, was woken because the other side closed. A receiver that goes away with an item
//! gives it to the next, or puts it back at the front (for once perhaps beyond the capacity). So a
//! receiver that was woken by the end looks into the buffer once more.

use core::fmt;
use core::task::Waker;
use std::collections::VecDeque;

use crate::error::{TryRecvError, TrySendError};
use crate::raw::guarded::wake;
use crate::raw::{Guarded, Guarding, Shared, Wait, Waiters};

mod wait;

pub use wait::{ChannelRecv, ChannelSend};
use wait::{RecvOp, SendOp};

/// Waiters that bring an item, or are to take one away.
type Line<T> = Waiters<Option<T>>;

struct State<T> {
    buffer: VecDeque<T>,
    capacity: usize,
    senders: usize,
    receivers: usize,
    sending: Line<T>,
    receiving: Line<T>,
}

impl<T> State<T> {
    /// Sends the item in `slot`, and says whom to wake; leaves it there if that cannot be now.
    fn try_send(&mut self, slot: &mut Option<T>) -> Result<Option<Waker>, TrySendError<()>> {
        if self.receivers == 0 {
            return Err(TrySendError::Closed(()));
        }
        if let Some(place) = self.receiving.next_payload() {
            *place = slot.take();
            return Ok(self.receiving.wake_next());
        }
        if self.buffer.len() >= self.capacity {
            return Err(TrySendError::Full(()));
        }
        self.buffer.extend(slot.take());
        Ok(None)
    }

    /// Receives an item, and says whom to wake.
    fn try_recv(&mut self) -> Result<(T, Option<Waker>), TryRecvError> {
        let brought = self.sending.next_payload().and_then(Option::take);
        let next = if brought.is_some() { self.sending.wake_next() } else { None };
        let item = match self.buffer.pop_front() {
            Some(item) => {
                self.buffer.extend(brought);
                Some(item)
            }
            None => brought,
        };
        match item {
            Some(item) => Ok((item, next)),
            None if self.senders == 0 => Err(TryRecvError::Closed),
            None => Err(TryRecvError::Empty),
        }
    }

    /// An item that was received in vain.
    fn put_back(&mut self, item: T) -> Option<Waker> {
        if let Some(place) = self.receiving.next_payload() {
            *place = Some(item);
            return self.receiving.wake_next();
        }
        self.buffer.push_front(item);
        None
    }
}

/// What both ends share.
struct Shore<T, G> {
    state: Guarded<State<T>, G>,
}

/// The sending end of a channel; clones count as one side.
///
/// Made by [`channel`](crate::channel). When the last clone is dropped, the receivers get what is
/// in the buffer, and then [`RecvError`](crate::RecvError).
pub struct Sender<T, G: Guarding = Shared> {
    shore: G::Pointer<Shore<T, G>>,
}

/// The receiving end of a channel; clones count as one side, and each item goes to one of them.
///
/// Made by [`channel`](crate::channel). When the last clone is dropped, what is in the buffer is
/// dropped too, and sending gives [`SendError`](crate::SendError).
pub struct Receiver<T, G: Guarding = Shared> {
    shore: G::Pointer<Shore<T, G>>,
}

/// Makes the two ends.
pub(crate) fn pair<T, G: Guarding>(capacity: usize) -> (Sender<T, G>, Receiver<T, G>) {
    let shore = G::pointer(Shore {
        state: Guarded::new(State {
            buffer: VecDeque::new(),
            capacity,
            senders: 1,
            receivers: 1,
            sending: Waiters::new(),
            receiving: Waiters::new(),
        }),
    });
    (Sender { shore: shore.clone() }, Receiver { shore })
}

impl<T, G: Guarding> Sender<T, G> {
    /// Sends an item, waiting for room or, at capacity 0, for a receiver to take it.
    ///
    /// Does not suspend if there is room or a receiver waits, or if the receivers are gone. Senders
    /// that wait are served in order of arrival.
    ///
    /// # Errors
    ///
    /// [`SendError`](crate::SendError), with the item, if all receivers are gone, before or
    /// meanwhile.
    ///
    /// # Cancel safety
    ///
    /// A future that is dropped before its item was taken drops the item with it; to keep it,
    /// take it with [`ChannelSend::take_item`] first. If a receiver has taken it already, it was
    /// sent, though nobody says so any more.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// use futures_lite::future;
    ///
    /// let (sender, receiver) = tulipa_sync::channel(0);
    /// let (sent, received) = future::zip(sender.send("by hand"), receiver.recv()).await;
    /// assert_eq!((sent, received), (Ok(()), Ok("by hand")));
    /// # });
    /// ```
    #[doc(alias = "put")]
    pub fn send(&self, item: T) -> ChannelSend<'_, T, G> {
        Wait::with_payload(SendOp::new(self), Some(item))
    }

    /// Sends an item if there is room or a receiver waits; does not wait.
    ///
    /// # Errors
    ///
    /// [`TrySendError`], with the item, if there is no room or all receivers are gone.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_sync::{TrySendError, channel};
    ///
    /// let (sender, receiver) = channel(1);
    /// sender.try_send(1).unwrap();
    /// assert_eq!(sender.try_send(2), Err(TrySendError::Full(2)));
    /// drop(receiver);
    /// assert_eq!(sender.try_send(3), Err(TrySendError::Closed(3)));
    /// ```
    #[doc(alias("send_nowait", "put_nowait"))]
    pub fn try_send(&self, item: T) -> Result<(), TrySendError<T>> {
        let mut slot = Some(item);
        let sent = self.shore.state.with(|state| state.try_send(&mut slot));
        match (sent, slot) {
            (Err(TrySendError::Full(())), Some(item)) => Err(TrySendError::Full(item)),
            (Err(TrySendError::Closed(())), Some(item)) => Err(TrySendError::Closed(item)),
            (sent, _) => {
                wake(sent.unwrap_or(None));
                Ok(())
            }
        }
    }

    /// True if all receivers are gone: nothing can be sent any more.
    pub fn is_closed(&self) -> bool {
        self.shore.state.with(|state| state.receivers == 0)
    }

    /// How many items are in the buffer.
    #[doc(alias = "qsize")]
    pub fn len(&self) -> usize {
        self.shore.state.with(|state| state.buffer.len())
    }

    /// True if no item is in the buffer.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many items may be in the buffer.
    #[doc(alias = "maxsize")]
    pub fn capacity(&self) -> usize {
        self.shore.state.with(|state| state.capacity)
    }
}

impl<T, G: Guarding> Receiver<T, G> {
    /// Receives an item, waiting for one.
    ///
    /// Does not suspend if there is one, or if the senders are gone. Receivers that wait are
    /// served in order of arrival.
    ///
    /// # Errors
    ///
    /// [`RecvError`](crate::RecvError) if all senders are gone and nothing is left, now or
    /// meanwhile.
    ///
    /// # Cancel safety
    ///
    /// No item is lost: one that had been given to the future goes to the next who waits, or back
    /// to the front of the buffer.
    #[doc(alias = "get")]
    pub fn recv(&self) -> ChannelRecv<'_, T, G> {
        Wait::with_payload(RecvOp::new(self), None)
    }

    /// Receives an item if there is one, or a sender waits with one; does not wait.
    ///
    /// # Errors
    ///
    /// [`TryRecvError`] if there is none; it says whether the senders are gone too.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_sync::{TryRecvError, channel};
    ///
    /// let (sender, receiver) = channel::<u8>(1);
    /// assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    /// drop(sender);
    /// assert_eq!(receiver.try_recv(), Err(TryRecvError::Closed));
    /// ```
    #[doc(alias("receive_nowait", "get_nowait"))]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        let (item, next) = self.shore.state.with(State::try_recv)?;
        wake(next);
        Ok(item)
    }

    /// True if all senders are gone: what is in the buffer is all there will be.
    pub fn is_closed(&self) -> bool {
        self.shore.state.with(|state| state.senders == 0)
    }

    /// How many items are in the buffer.
    #[doc(alias = "qsize")]
    pub fn len(&self) -> usize {
        self.shore.state.with(|state| state.buffer.len())
    }

    /// True if no item is in the buffer.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many items may be in the buffer.
    #[doc(alias = "maxsize")]
    pub fn capacity(&self) -> usize {
        self.shore.state.with(|state| state.capacity)
    }
}

impl<T, G: Guarding> Clone for Sender<T, G> {
    fn clone(&self) -> Self {
        self.shore.state.with(|state| state.senders += 1);
        Self { shore: self.shore.clone() }
    }
}

impl<T, G: Guarding> Clone for Receiver<T, G> {
    fn clone(&self) -> Self {
        self.shore.state.with(|state| state.receivers += 1);
        Self { shore: self.shore.clone() }
    }
}

impl<T, G: Guarding> Drop for Sender<T, G> {
    fn drop(&mut self) {
        let last = self.shore.state.with(|state| {
            state.senders -= 1;
            let last = state.senders == 0;
            if last {
                state.receiving.release_all();
            }
            last
        });
        if last {
            self.shore.state.wake_released(|state| &mut state.receiving);
        }
    }
}

impl<T, G: Guarding> Drop for Receiver<T, G> {
    fn drop(&mut self) {
        let unreceived = self.shore.state.with(|state| {
            state.receivers -= 1;
            (state.receivers == 0).then(|| {
                state.sending.release_all();
                core::mem::take(&mut state.buffer)
            })
        });
        if unreceived.is_some() {
            self.shore.state.wake_released(|state| &mut state.sending);
        }
    }
}

impl<T, G: Guarding> fmt::Debug for Shore<T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [len, capacity, senders, receivers] = self
            .state
            .with(|state| [state.buffer.len(), state.capacity, state.senders, state.receivers]);
        f.debug_struct("Channel")
            .field("len", &len)
            .field("capacity", &capacity)
            .field("senders", &senders)
            .field("receivers", &receivers)
            .finish_non_exhaustive()
    }
}

impl<T, G: Guarding> fmt::Debug for Sender<T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sender").field(&&*self.shore).finish()
    }
}

impl<T, G: Guarding> fmt::Debug for Receiver<T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Receiver").field(&&*self.shore).finish()
    }
}
