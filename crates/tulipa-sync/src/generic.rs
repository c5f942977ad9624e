//! The primitives over how they are guarded, for code that is to serve both kinds.
//!
//! `tulipa_sync::Lock<T>` is `generic::Lock<T, Shared>`, `tulipa_sync::local::Lock<T>` is
//! `generic::Lock<T, Local>`; so with all others.
//!
//! # Examples
//!
//! ```
//! use tulipa_sync::generic::{Guarding, Lock};
//!
//! async fn bump<G: Guarding>(counter: &Lock<u32, G>) -> u32 {
//!     let mut counter = counter.acquire().await;
//!     *counter += 1;
//!     *counter
//! }
//! # futures_lite::future::block_on(async {
//! assert_eq!(bump(&tulipa_sync::Lock::with(0)).await, 1);
//! assert_eq!(bump(&tulipa_sync::local::Lock::with(1)).await, 2);
//! # });
//! ```

pub use crate::barrier::Barrier;
pub use crate::condition::Condition;
pub use crate::event::Event;
pub use crate::limiter::{CapacityLimiter, Lender, Token};
pub use crate::lock::Lock;
pub use crate::queue::{Buffer, Fifo, Get, Join, Lifo, Priority, Put, Queue};
pub use crate::raw::{Guarding, Local, Operation, Shared, Wait};
pub use crate::semaphore::{Permit, Pool, Semaphore};
