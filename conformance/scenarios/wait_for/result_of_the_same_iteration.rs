//! S-WAITFOR-6: a result comes in the iteration in which the deadline passes, and before it.
//!
//! Differs: S-WAITFOR-6: the value wins.

use std::time::Duration;

use tulipa::{Promise, get_running_loop, timeout_at};

pub(crate) async fn main() {
    let event_loop = get_running_loop();
    let promise = Promise::new();
    let deadline = event_loop.time() + Duration::from_millis(20);
    let setter = promise.clone();
    event_loop.call_at(deadline, move || setter.set_result("a result").unwrap());
    match timeout_at(deadline, promise.clone()).await {
        Ok(value) => println!("it has {}", value.unwrap()),
        Err(_) => println!("timed out"),
    }
    println!("the future has {}", promise.result().unwrap());
}
