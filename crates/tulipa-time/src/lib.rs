#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod sleep;
mod timeout;
mod yield_now;

pub use sleep::{Sleep, sleep, sleep_until};
pub use timeout::{Timeout, TimeoutError, timeout, timeout_at};
pub use yield_now::{YieldNow, yield_now};
