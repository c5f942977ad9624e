//! S-LOOP-7: a delay of zero comes after a callback given later; a deadline in the past before it.

use std::time::Duration;

use tulipa::{get_running_loop, sleep};

pub(crate) async fn main() {
    let event_loop = get_running_loop();
    let past = event_loop.time().checked_sub(Duration::from_millis(1)).unwrap();
    event_loop.call_later(Duration::ZERO, || println!("no delay"));
    event_loop.call_at(past, || println!("in the past"));
    event_loop.call_soon(|| println!("soon"));
    println!("nothing has run");
    sleep(Duration::from_millis(5)).await;
    println!("all have run");
}
