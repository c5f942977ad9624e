//! S-LOOP-16: the order of calls that the loop's own thread makes in both ways.
//!
//! Differs: S-LOOP-16: a threadsafe call is a message from whatever thread, and comes behind what
//! is ready.

use tulipa::{get_running_loop, yield_now};

pub(crate) async fn main() {
    let event_loop = get_running_loop();
    event_loop.call_soon(|| println!("first, plain"));
    event_loop.handle().call_soon_threadsafe(|| println!("second, threadsafe")).unwrap();
    event_loop.call_soon(|| println!("third, plain"));
    event_loop.handle().call_soon_threadsafe(|| println!("fourth, threadsafe")).unwrap();
    println!("nothing has run");
    for n in 1..=2 {
        yield_now().await;
        println!("iteration {n}");
    }
}
