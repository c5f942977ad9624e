//! S-LOOP-2, S-LOOP-4: how often a loop that is never idle looks at its clock.
//!
//! Differs: S-LOOP-2, S-LOOP-4: a busy loop looks once in 64 entries, not in every iteration.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use tulipa::{get_running_loop, yield_now};

/// How often the caller yields before a timer without delay has fired.
async fn yields() -> u32 {
    let fired = Rc::new(Cell::new(false));
    let timer = fired.clone();
    get_running_loop().call_later(Duration::ZERO, move || timer.set(true));
    let mut yields = 0;
    while !fired.get() {
        yield_now().await;
        yields += 1;
    }
    yields
}

pub(crate) async fn main() {
    yields().await; // The loop has just looked when this is over.
    for _ in 0..3 {
        println!("{} yields", yields().await);
    }
}
