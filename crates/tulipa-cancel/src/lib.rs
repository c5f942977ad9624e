#![doc = include_str!("../README.md")]
//!
//! # How it works
//!
//! A future that may be cancelled runs under a *host*: a task of the loop, a future wrapped by
//! [`cancellable`], or a [`CancelScope`]. A host holds one bit, *a cancellation is pending*.
//! Leaf futures know nothing of it. Cancellation travels outward along returns:
//!
//! 1. [`CancelHandle::cancel`] sets the bit and wakes the host. Nothing else happens there.
//! 2. A *node* ([`catch_cancel`], [`finally`](CancelExt::finally), a scope, an awaited task)
//!    polls its inner future first. A value that is ready wins; the cancellation stays pending.
//! 3. If the inner future is pending and a cancellation is pending, this node is the innermost
//!    that sees it. It takes it and acts.
//! 4. If no node takes it, the host itself sees it last: it drops its future and ends cancelled.
//! 5. A node that is polled under another waker than its host's (inside `FuturesUnordered` and
//!    its like) leaves that waker with the host, so that `cancel()` reaches it too.
//! 6. Hosts nest. A node sees the pending cancellations of every host around it, up to the first
//!    shield, and takes the outermost. A scope acts on its own and lets the others pass. A
//!    [`cancellable`] future is a task of its own: it sees nothing of what is around it.
//! 7. What was taken goes on when it is answered, by one at a time: the branches of a join are
//!    asked one after the other, then the node around them.
//! 8. A cancellation that begins in the course of a poll is first offered to the nodes that have
//!    looked already in this poll: the nodes around those wait for the next one.
//!
//! [`Node`] is steps 2, 3, 5 and 8 in one type, for writing combinators of your own. The file
//! `docs/cancellation.md` of the repository has pictures, limits, and a test for each sentence.

mod catch;
mod error;
mod finally;
mod frame;
mod handle;
mod host;
mod node;
mod scope;
mod shared;
mod sync;
mod token;
mod unwind;
mod wakers;

pub use catch::{CatchCancel, catch_cancel};
pub use error::CancelledError;
pub use finally::{CancelExt, Finally};
pub use frame::current;
pub use handle::CancelHandle;
pub use host::Cancellation;
pub use node::Node;
pub use scope::{CancelScope, Scoped, cancellable};
pub use token::{Cancelled, Held};
pub use unwind::raise;
