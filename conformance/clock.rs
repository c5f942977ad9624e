//! The time since the scenario began, by the clock of the loop it runs on.

use std::cell::Cell;
use std::time::Instant;

use tulipa::rt;

thread_local! {
    static START: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// The scenario begins now.
pub(crate) fn start() {
    START.set(Some(rt::current().now()));
}

/// Milliseconds since the beginning, as `round(loop.time() * 1000)` in the Python program.
pub(crate) fn ms() -> u128 {
    let start = START.get().expect("a scenario that asks for the time has an async main");
    (rt::current().now() - start).as_millis()
}
