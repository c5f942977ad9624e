//! Random operations on promises and tasks, each held against a plain model of it.

mod promise; // one promise, its awaiters and callbacks
mod task; // one task, its handle, those who await it and its callbacks
mod task_plan; // what such a task must do
