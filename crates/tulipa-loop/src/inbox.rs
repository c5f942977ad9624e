//! [`Inbox`]: what other threads send to the loop, and how they wake it.
//!
//! # Protocol
//!
//! Any thread pushes to `queue` and then rings if [`Away`] says so. The loop attends when it
//! starts an iteration. Before it blocks in the poller, and when it stops running, it leaves and
//! then looks at the queue once more. The loop's own thread never rings: it is not asleep.
//!
//! `mail` is set after a push and cleared before the queue is emptied. A message may be in the
//! queue before its sender has set the flag, so a loop that does not see the flag may go on with
//! its work, but not to sleep.
//!
//! The loop takes as many messages at once as there are when it begins, so that threads which
//! send faster than it takes do not keep it from everything else.
//!
//! A task in the queue stays there until the loop's thread takes it. The queue is closed only
//! when the loop has no task left; from then on nothing can be sent.

use std::sync::atomic::{
    AtomicBool,
    Ordering::{Acquire, Relaxed, Release},
};
use std::thread::ThreadId;

use concurrent_queue::ConcurrentQueue;
use tulipa_rt::{Runnable, Schedule};

use crate::away::Away;
use crate::callback::Callback;
use crate::io::Bell;
use crate::loop_handle::ThreadsafeHandle;
use crate::ready::Ready;

pub(crate) enum Message {
    Task(Runnable),
    Call(ThreadsafeHandle),
    Stop,
}

pub(crate) struct Inbox {
    queue: ConcurrentQueue<Message>,
    away: Away,
    /// Whether something may be in the queue: spares the loop the look at an empty one.
    mail: AtomicBool,
    bell: Bell,
    owner: ThreadId,
}

impl Inbox {
    pub(crate) fn new(bell: Bell) -> Self {
        Self {
            queue: ConcurrentQueue::unbounded(),
            away: Away::new(),
            mail: AtomicBool::new(false),
            bell,
            owner: std::thread::current().id(),
        }
    }

    /// Sends; gives the message back if the loop has closed.
    pub(crate) fn send(&self, message: Message) -> Result<(), Message> {
        self.queue.push(message).map_err(concurrent_queue::PushError::into_inner)?;
        // Release: who sees the flag finds the message.
        self.mail.store(true, Release);
        if self.away.must_ring(|| std::thread::current().id() == self.owner) {
            self.bell.ring();
        }
        Ok(())
    }

    /// The loop is about to look at the queue by itself.
    pub(crate) fn attend(&self) {
        self.away.attend();
    }

    /// The loop is about to block or to stop running; `false` if something came first.
    pub(crate) fn leave(&self) -> bool {
        self.away.leave();
        self.queue.is_empty()
    }

    /// Whether something may have come.
    pub(crate) fn has_mail(&self) -> bool {
        // Relaxed: `empty_into` synchronises.
        self.mail.load(Relaxed)
    }

    /// Moves what has come to the ready queue, oldest first.
    pub(crate) fn empty_into(&self, ready: &mut Ready) {
        // Before the queue is looked at: a message that comes after that sets it again. Acquire,
        // and a swap: whoever's flag this takes away, his message is found.
        self.mail.swap(false, Acquire);
        let waiting = self.queue.len();
        for message in self.queue.try_iter().take(waiting) {
            match message {
                Message::Task(task) => ready.push_task(task),
                Message::Call(handle) => ready.push_callback(Callback::Threadsafe(handle)),
                Message::Stop => ready.push_callback(Callback::Stop),
            }
        }
    }

    pub(crate) fn close(&self) {
        self.queue.close();
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.queue.is_closed()
    }
}

impl Schedule for Inbox {
    fn schedule(&self, runnable: Runnable) {
        if let Err(message) = self.send(Message::Task(runnable)) {
            // A loop closes its inbox only when no task of it is left. If that is ever wrong, a
            // leak is better than a future dropped on a foreign thread.
            std::mem::forget(message);
            debug_assert!(false, "a task was scheduled on a loop that has closed");
        }
    }
}
