#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod cancel_points;
pub mod conformance;
mod core;
mod hand;
mod ready;
mod test_loop;
mod timers;

pub use cancel_points::{CancelPoint, When, cancel_at_every_suspension};
pub use hand::{CountingWaker, HandPolled};
pub use test_loop::{Stalled, TestLoop, run};
