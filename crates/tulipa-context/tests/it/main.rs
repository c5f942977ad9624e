//! The tests of tulipa-context.
//!
//! Each test has variables of its own: they are of the process, and tests run side by side.

#[cfg(not(loom))]
mod budgets; // what it costs where no variable is set: nothing
#[cfg(not(loom))]
mod contexts; // copies, handles, nesting, panics
#[cfg(not(loom))]
mod executors; // futures that carry their context over tokio and smol
#[cfg(not(loom))]
mod model; // random sets, resets, copies and runs against plain maps
#[cfg(not(loom))]
mod variables; // get, set, reset, defaults
