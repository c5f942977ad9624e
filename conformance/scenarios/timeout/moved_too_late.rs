//! S-TIMEOUT-2: a deadline that has passed is not moved any more, neither in the cleanup nor after.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::time::Deadline;
use tulipa::{rt, sleep, timeout_at};

use crate::clock::ms;

const SECOND: Duration = Duration::from_secs(1);

fn move_it(deadline: &Deadline) {
    match deadline.reschedule(rt::current().now() + SECOND) {
        Ok(()) => println!("moved"),
        Err(_) => println!("{} ms: too late, expired: {}", ms(), deadline.expired()),
    }
}

pub(crate) async fn main() {
    let deadline = Deadline::after(Duration::from_millis(10));
    let cleanup = async || {
        move_it(&deadline);
        sleep(Duration::from_millis(10)).await;
    };
    if timeout_at(&deadline, sleep(SECOND).finally(cleanup)).await.is_err() {
        println!("{} ms: timed out", ms());
    }
    move_it(&deadline);
}
