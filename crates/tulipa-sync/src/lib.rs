//! Fair locks, events, conditions and queues that need nothing but a Waker.
