//! [`Inbox`]: what other threads send to the loop, and how they wake it.
//!
//! # Protocol
//!
//! Any thread pushes to `queue` and then calls the loop if `away` is set. The loop clears `away`
//! when it starts an iteration. Before it blocks in the poller, and when it stops running, it
//! sets `away` and then looks at the queue once more. Either the loop sees the message in that
//! look, or the sender sees `away`; sequentially consistent fences between the two steps on both
//! sides rule out that each misses the other. Whoever swaps `away` to false rings, so a sleeping
//! loop is rung once, not once a message. The loop's own thread never rings: it is not asleep.
//!
//! A task in the queue stays there until the loop's thread takes it. The queue is closed only
//! when the loop has no task left; from then on nothing can be sent.

use std::sync::atomic::{
    AtomicBool,
    Ordering::{Acquire, Relaxed, Release, SeqCst},
    fence,
};
use std::thread::ThreadId;

use concurrent_queue::ConcurrentQueue;
use tulipa_rt::{Runnable, Schedule};

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
    away: AtomicBool,
    /// Whether something may be in the queue: spares the loop the look at an empty one.
    mail: AtomicBool,
    bell: Bell,
    owner: ThreadId,
}

impl Inbox {
    pub(crate) fn new(bell: Bell) -> Self {
        Self {
            queue: ConcurrentQueue::unbounded(),
            away: AtomicBool::new(true),
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
        // Pairs with the fence in `leave`.
        fence(SeqCst);
        // Relaxed: the fences order it against the queue. The load spares running loops the swap.
        if self.away.load(Relaxed)
            && std::thread::current().id() != self.owner
            && self.away.swap(false, Relaxed)
        {
            self.bell.ring();
        }
        Ok(())
    }

    /// The loop is about to look at the queue by itself.
    pub(crate) fn attend(&self) {
        self.away.store(false, Relaxed);
    }

    /// The loop is about to block or to stop running; `false` if something came first.
    pub(crate) fn leave(&self) -> bool {
        self.away.store(true, Relaxed);
        // Pairs with the fence in `send`.
        fence(SeqCst);
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
        for message in self.queue.try_iter() {
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
