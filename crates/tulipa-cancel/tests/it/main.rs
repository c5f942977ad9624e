//! What tulipa-cancel promises, by behaviour. Futures are polled by hand: no runtime, no clock.
//! In `on_executors` the same is stated through awaits alone.

mod cancel; // requests before, between and during polls; the value that wins
mod catch; // what code may do with a cancellation it has caught
mod counts; // cancel, cancelling, uncancel, messages, what a handle tells
mod executors; // everything at once on smol and tokio, on several threads too
mod finally; // cleanup after a value, a panic, a cancellation
mod foreign; // nodes under wakers of their own: FuturesUnordered
mod hosts; // nested executors, panics, futures that move between hosts
mod join; // several branches in one task
mod model; // random trees of nodes, cancelled at random
mod nodes; // combinators of one's own: `Node`, `Held`, `Cancellation`
mod on_executors; // each behaviour on tokio, smol, and tulipa's own loop
mod real_threads; // requests and tokens on other threads
mod scope; // a part of a task that is cancelled alone
mod send_sync; // which types are Send, Sync, Unpin
mod shield; // a part of a task that the task's cancellation does not reach
mod support; // a future under the hand, a gate, a log
mod token; // tokens that were dropped, moved, or outlived their host
