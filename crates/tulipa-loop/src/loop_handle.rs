//! [`LoopHandle`]: the loop as other threads reach it.
//!
//! # Protocol
//!
//! A callback that is sent is shared by its sender's handle and the loop under a mutex: who takes
//! the closure out, to run it or to drop it, is the only one to have it.

use std::error::Error;
use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};

use tulipa_context::Saved;

use crate::inbox::{Inbox, Message};

/// Reaches a loop from any thread. Cheap to clone; does not keep the loop alive.
///
/// # Examples
///
/// ```
/// use tulipa_loop::EventLoop;
///
/// let event_loop = EventLoop::new()?;
/// let handle = event_loop.handle();
/// let stop = handle.clone();
/// std::thread::spawn(move || {
///     stop.call_soon_threadsafe(|| println!("on the loop's thread")).unwrap();
///     stop.stop().unwrap();
/// });
/// event_loop.run_forever()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct LoopHandle {
    pub(crate) inbox: Arc<Inbox>,
}

/// The loop has closed; carries back what could not be sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LoopClosed<T = ()>(pub T);

impl<T> fmt::Debug for LoopClosed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LoopClosed(..)")
    }
}

impl<T> fmt::Display for LoopClosed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the event loop has closed: nothing can be sent to it any more")
    }
}

impl<T> Error for LoopClosed<T> {}

type Call = Box<dyn FnOnce() + Send>;

impl LoopHandle {
    /// Schedules a callback from any thread, and wakes the loop if it sleeps.
    ///
    /// Callbacks sent by one thread run in the order they were sent. Never blocks.
    ///
    /// # Errors
    ///
    /// [`LoopClosed`] with the callback.
    #[track_caller]
    pub fn call_soon_threadsafe(
        &self,
        callback: impl FnOnce() + Send + 'static,
    ) -> Result<ThreadsafeHandle, LoopClosed<Call>> {
        let state = State::Waiting(Box::new(callback), Saved::copy_current());
        let state = Mutex::new(state);
        let shared = Shared { state, scheduled_at: Location::caller() };
        let handle = ThreadsafeHandle(Arc::new(shared));
        if self.inbox.send(Message::Call(handle.clone())).is_ok() {
            return Ok(handle);
        }
        // Nobody else had the handle, so the callback is still in it.
        let call = handle.take().map(|(call, _)| call);
        Err(LoopClosed(call.unwrap_or_else(|| Box::new(|| {}))))
    }

    /// Stops the loop from any thread, as `EventLoop::stop` does, when it gets to it: after what
    /// was sent before.
    ///
    /// # Errors
    ///
    /// [`LoopClosed`].
    pub fn stop(&self) -> Result<(), LoopClosed> {
        self.inbox.send(Message::Stop).map_err(|_| LoopClosed(()))
    }

    /// Whether the loop has closed.
    pub fn is_closed(&self) -> bool {
        self.inbox.is_closed()
    }
}

impl fmt::Debug for LoopHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoopHandle").field("closed", &self.is_closed()).finish_non_exhaustive()
    }
}

/// A callback that was sent to a loop. Dropping the handle changes nothing.
#[derive(Clone)]
pub struct ThreadsafeHandle(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    scheduled_at: &'static Location<'static>,
}

enum State {
    /// With a copy of the context of its scheduling.
    Waiting(Call, Saved),
    Taken,
    Cancelled,
}

impl ThreadsafeHandle {
    /// Keeps the callback from running; `false` if it has run, runs now, or was cancelled.
    pub fn cancel(&self) -> bool {
        let call = self.leave(State::Cancelled);
        call.is_some()
    }

    /// Whether it was cancelled before it ran.
    pub fn cancelled(&self) -> bool {
        let state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        matches!(*state, State::Cancelled)
    }

    pub(crate) fn take(&self) -> Option<(Call, Saved)> {
        self.leave(State::Taken)
    }

    pub(crate) fn scheduled_at(&self) -> &'static Location<'static> {
        self.0.scheduled_at
    }

    fn leave(&self, behind: State) -> Option<(Call, Saved)> {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(&mut *state, State::Taken) {
            State::Waiting(call, context) => {
                *state = behind;
                Some((call, context))
            }
            gone => {
                *state = gone;
                None
            }
        }
    }
}

impl fmt::Debug for ThreadsafeHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.cancelled() { "cancelled " } else { "" };
        write!(f, "<ThreadsafeHandle {state}scheduled at {}>", self.0.scheduled_at)
    }
}
