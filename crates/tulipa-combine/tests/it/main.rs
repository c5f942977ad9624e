//! The tests of tulipa-combine: statements about gather, wait, `as_completed`, shield and task
//! groups, on a loop with a virtual clock.

mod allocations; // the allocator of this binary counts
mod support; // a log, clean runs, futures that fail

mod as_completed; // S-ASCOMP
mod budgets; // allocations, polls, bytes
mod cancel_points; // every combinator, cancelled at each of its suspensions
mod cpython; // what CPython tests of the same functions
mod gather; // S-GATHER
mod gather_deep; // gather: panics beside cancellations, drops, many children
mod gatherable; // what can be gathered, and where its children say they come from
mod group; // S-TG
mod scope; // children that borrow
mod scope_model; // the same, at random against a plain count
mod shield; // S-SHIELD
mod try_gather; // S-GATHER with errors that are values
mod turns; // who goes first when children have ended
mod wait; // S-WAIT
