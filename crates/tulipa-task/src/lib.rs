#![doc = include_str!("../README.md")]

mod builder;
mod concurrent;
mod current;
mod error;
mod handover;
mod output;
mod promise;
mod promise_error;
mod root;
mod slot;
mod spawn;
mod sync;
mod task;
mod waiters;

pub use builder::{TaskBuilder, eager_task_factory};
pub use concurrent::{ConcurrentError, ConcurrentFuture, Submission, submission};
pub use current::{TaskRef, all_tasks, all_tasks_of, current_task};
pub use error::{JoinError, ResultError};
pub use promise::Promise;
pub use promise_error::{InvalidStateError, PromiseError};
pub use spawn::{create_task, create_task_at, create_task_on};
pub use task::Task;
pub use tulipa_rt::TaskId;
pub use waiters::CallbackId;
