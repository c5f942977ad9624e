//! S-TIMEOUT-2: a deadline is moved before its use, after it, and used again.
//!
//! Differs: S-TIMEOUT-2: it is an instant, and nothing that is entered: all that is allowed.

use std::time::Duration;

use tulipa::time::Deadline;
use tulipa::{rt, sleep, timeout_at};

use crate::clock::ms;

fn move_it(deadline: &Deadline) {
    match deadline.reschedule(rt::current().now() + Duration::from_millis(20)) {
        Ok(()) => println!("moved"),
        Err(_) => println!("refused"),
    }
}

pub(crate) async fn main() {
    let deadline = Deadline::after(Duration::from_millis(10));
    move_it(&deadline);
    timeout_at(&deadline, async { println!("{} ms: in time", ms()) }).await.unwrap();
    move_it(&deadline);
    if timeout_at(&deadline, sleep(Duration::from_secs(1))).await.is_err() {
        println!("{} ms: timed out", ms());
    }
}
