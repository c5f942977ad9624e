//! Random operations on promises and tasks, each held against a plain model of it.

mod promise; // one promise, its awaiters and callbacks
mod real_task; // one task, its handle, those who await it and its callbacks
mod task; // the model of that
