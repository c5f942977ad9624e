#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod as_completed;
mod gather;
mod group;
mod progress;
mod shield;
mod wait;

pub use as_completed::{AsCompleted, AsCompletedTimeout, Next, as_completed};
pub use gather::{Gather, GatherResults, Gatherable, gather};
pub use group::{ChildError, ChildFailure, TaskGroup, TaskGroupError};
pub use shield::{Shield, shield};
pub use wait::{ReturnWhen, Wait, Waitable, wait};
