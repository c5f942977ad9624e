//! [`Away`]: whether the loop must be rung to see what was sent.
//!
//! # Protocol
//!
//! `away` is set by the loop and cleared by the loop, or by the sender who then rings. A sender
//! puts its message where the loop looks, and asks `must_ring`. The loop, before it blocks and
//! when it stops running, calls `leave` and then looks for messages once more. Either the loop
//! sees the message in that look, or the sender sees `away`: sequentially consistent fences
//! between the two steps on both sides rule out that each misses the other. Whoever swaps `away`
//! to false rings, so a sleeping loop is rung once, not once a message.

use std::sync::atomic::Ordering::{Relaxed, SeqCst};

use crate::sync::{AtomicBool, fence};

pub(crate) struct Away(AtomicBool);

impl Away {
    pub(crate) fn new() -> Self {
        Self(AtomicBool::new(true))
    }

    /// The loop is about to look for messages by itself.
    pub(crate) fn attend(&self) {
        // Relaxed: who still sees `away` rings in vain, and that is all.
        self.0.store(false, Relaxed);
    }

    /// The loop is about to block or to stop running. It looks for messages after this.
    pub(crate) fn leave(&self) {
        // A swap and not a store, so that the swap of a sender who is late with an earlier
        // message cannot come to stand behind it. Relaxed: the fence orders it before the look.
        self.0.swap(true, Relaxed);
        // Pairs with the fence in `must_ring`.
        fence(SeqCst);
    }

    /// Whether the sender of a message must ring. `is_loop` tells whether it is the loop's own
    /// thread, which is not asleep; it is asked only of those who would have to.
    pub(crate) fn must_ring(&self, is_loop: impl FnOnce() -> bool) -> bool {
        // Pairs with the fence in `leave`: orders the message before the look at `away`.
        fence(SeqCst);
        // Relaxed: the fences do it. The load spares a loop at work the swap.
        self.0.load(Relaxed) && !is_loop() && self.0.swap(false, Relaxed)
    }
}
