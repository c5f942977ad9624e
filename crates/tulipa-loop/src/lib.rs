#![doc = include_str!("../README.md")]

mod away;
mod callback;
mod close;
mod core;
mod event_loop;
mod flags;
mod handle;
mod inbox;
mod io;
mod iteration;
mod loop_handle;
mod ready;
mod seam;
mod sync;
mod timers;

pub use event_loop::{Backend, EventLoop, RunError};
pub use flags::FlagHandle;
pub use handle::{Handle, TimerHandle};
pub use iteration::POLLS_PER_LOOK;
pub use loop_handle::{LoopClosed, LoopHandle, ThreadsafeHandle};
