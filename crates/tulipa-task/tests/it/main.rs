//! The tests of tulipa-task: statements about promises, tasks and cancellation, on a loop with a
//! virtual clock.

mod allocations; // the allocator of this binary counts
mod support; // a log, drop-counting values

mod budgets; // allocations and bytes
mod cancel; // S-CANCEL: one task
mod chain; // S-CANCEL: tasks that await tasks
mod ending; // results looked at, panics, destructors that panic, a loop that goes
mod leaks; // everything is dropped once
mod promise; // S-FUT: a promise alone
mod submission;
mod task; // S-TASK: starting order, names, views
mod threads;
mod waiting; // S-FUT, S-TASK-2: the order of awaiters and callbacks // S-THREAD: work for another thread's loop // wakers and cancels from other threads
