//! S-TIMEOUT-5: a body that swallowed a cancellation from outside moves its deadline, which passes.
//!
//! Differs: S-TIMEOUT-5: what has passed is the deadline, and nothing else is pending.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::time::Deadline;
use tulipa::{create_task, current_task, rt, sleep, timeout_at};

use crate::clock::ms;

const SECOND: Duration = Duration::from_secs(1);

async fn worker() {
    let deadline = Deadline::after(SECOND);
    let body = async {
        if let Err(cancelled) = catch_cancel(sleep(SECOND)).await {
            println!("{} ms: swallowed", ms());
            cancelled.suppress();
        }
        deadline.reschedule(rt::current().now() + Duration::from_millis(10)).unwrap();
        sleep(SECOND).await;
    };
    let requests = || current_task().unwrap().cancelling();
    match catch_cancel(timeout_at(&deadline, body)).await {
        Ok(Ok(())) => println!("never"),
        Ok(Err(_)) => println!("{} ms: timed out, requests: {}", ms(), requests()),
        Err(cancelled) => {
            println!("{} ms: cancelled, requests: {}", ms(), requests());
            cancelled.suppress();
        }
    }
    println!("expired: {}", deadline.expired());
}

pub(crate) async fn main() {
    let task = create_task(worker());
    sleep(Duration::from_millis(10)).await;
    task.cancel();
    task.await.unwrap();
}
