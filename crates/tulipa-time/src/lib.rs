#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bound;
mod deadline;
mod error;
mod move_on;
mod scope;
mod sleep;
mod sync;
mod timeout;
mod yield_now;

pub use deadline::{Deadline, RescheduleError, Until};
pub use error::TimeoutError;
pub use move_on::{MoveOn, move_on_after, move_on_at};
pub use scope::{CancelScopeExt, DeadlineScope, DeadlineScoped};
pub use sleep::{Sleep, sleep, sleep_until};
pub use timeout::{Timeout, timeout, timeout_at, wait_for};
pub use yield_now::{YieldNow, yield_now};
