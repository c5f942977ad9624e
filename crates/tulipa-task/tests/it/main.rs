//! The tests of tulipa-task: statements about promises, tasks and cancellation, on a loop with a
//! virtual clock.

mod allocations; // the allocator of this binary counts
mod support; // a log, drop-counting values

mod budgets; // allocations and bytes
mod cancel; // S-CANCEL: one task
mod cancel_count; // S-CANCEL-8..10: counting requests, giving them back
mod cancel_points; // scenarios cancelled at every suspension
mod chain; // S-CANCEL: tasks that await tasks
mod context; // S-TASK-6, S-LOOP-17: context variables
mod cpython; // CPython's own tests, written anew
mod eager; // S-TASK-7..9: eager starts, task factories
mod ending; // results looked at, panics, destructors that panic, a loop that goes
mod held; // a cancellation that was passed on by a handle which is then awaited elsewhere
mod leaks; // everything is dropped once
mod model; // random operations against plain models
mod promise; // S-FUT: a promise alone
mod submission; // S-THREAD: work for another thread's loop
mod task; // S-TASK: starting order, names, views
mod threads; // wakers and cancels from other threads
mod waiting; // S-FUT, S-TASK-2: the order of awaiters and callbacks
