#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod as_completed;
mod gather;
mod group;
mod progress;
mod scope;
mod shield;
mod sync;
mod wait;

pub use as_completed::{AsCompleted, AsCompletedTimeout, Next, as_completed};
pub use gather::{Gather, GatherResults, Gatherable, TryGather, TryGatherable, gather, try_gather};
pub use group::{ChildError, ChildFailure, StartError, TaskGroup, TaskGroupError, TaskStatus};
pub use scope::{Scope, ScopedTask, scope};
pub use shield::{Shield, shield};
pub use wait::{ReturnWhen, Wait, Waitable, wait};
