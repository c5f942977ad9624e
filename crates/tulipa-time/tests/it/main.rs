//! The tests of tulipa-time, on the loop with the virtual clock.

mod support; // seeds

mod budgets; // allocations (none), bytes, who is Send, Sync, Unpin
mod cancel_points; // sleeps, yields, deadlines, cancelled at each suspension
mod cpython; // CPython's own tests, written anew
mod deadline; // moving it, sharing it, S-TIMEOUT-2
mod model; // random nests against a plain computation of what ends when
mod move_on; // a deadline without an error
mod scope; // cancel scopes with a deadline, with and without a shield
mod sleep; // order, ends of time, moving between loops
mod timeout; // deadlines, awaited cleanup, nesting
mod timeout_cancel; // a cancellation from outside, and one at every suspension
mod yield_now; // S-TASK-3: exactly one iteration
