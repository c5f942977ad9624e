//! The tulipa event loop: ready queue, timers, poller, callbacks, thread-safe handle.
