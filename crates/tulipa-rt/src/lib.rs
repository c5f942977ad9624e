#![doc = include_str!("../README.md")]

mod clock;
mod current;
mod direction;
mod factory;
mod header;
mod reactor;
mod report;
mod schedule;
mod source;
mod sync;
mod tasks;
mod timer;

pub use clock::Clock;
pub use current::{NoRunningLoop, Runtime, current, current_task, enter, enter_task, try_current};
pub use direction::Ready;
pub use factory::{TaskFactory, TaskSpec};
pub use header::{Header, TaskId, TaskName};
pub use reactor::{Interest, Reactor};
pub use report::ExceptionContext;
pub use schedule::{LoopId, Registered, Runnable, Schedule, schedule};
pub use source::{Registration, Source, WeakSource};
pub use tasks::{TaskEntry, TaskList};
pub use timer::{Timer, TimerId};
