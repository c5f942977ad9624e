#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod ctrl_c;
mod error;
mod event_loop;
mod handle;
mod modules;
mod run;

pub use error::RunError;
pub use event_loop::{EventLoop, get_running_loop};
pub use handle::LoopHandle;
pub use modules::*;
pub use run::{Runner, run};
#[cfg(feature = "combine")]
#[doc(inline)]
pub use tulipa_combine::{TaskGroup, as_completed, gather, shield, try_gather, wait};
#[doc(inline)]
pub use tulipa_task::{Promise, Task, all_tasks, create_task, current_task};
#[cfg(feature = "time")]
#[doc(inline)]
pub use tulipa_time::{sleep, timeout, timeout_at, wait_for, yield_now};
