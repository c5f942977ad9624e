//! S-TIMEOUT-2: moved to now or before, it ends the body at its next wait.

use std::time::Duration;

use tulipa::time::Deadline;
use tulipa::{rt, sleep, timeout_at};

use crate::clock::ms;

const SECOND: Duration = Duration::from_secs(1);

pub(crate) async fn main() {
    sleep(Duration::from_millis(10)).await;
    let deadline = Deadline::after(SECOND);
    let body = async {
        let past = rt::current().now().checked_sub(Duration::from_millis(5));
        deadline.reschedule(past).unwrap();
        println!("{} ms: moved, expired: {}", ms(), deadline.expired());
        sleep(SECOND).await;
        println!("never");
    };
    if timeout_at(&deadline, body).await.is_err() {
        println!("{} ms: timed out, expired: {}", ms(), deadline.expired());
    }
    let deadline = Deadline::after(SECOND);
    let body = async {
        deadline.reschedule(rt::current().now()).unwrap();
        println!("{} ms: moved again, and does not wait", ms());
    };
    timeout_at(&deadline, body).await.unwrap();
    println!("{} ms: in time, expired: {}", ms(), deadline.expired());
}
