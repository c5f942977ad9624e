//! S-TIMEOUT-5: moved near and cancelled from outside before that, it is a cancellation.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::time::Deadline;
use tulipa::{create_task, rt, sleep, timeout_at};

use crate::clock::ms;

const A_WHILE: Duration = Duration::from_millis(10);

async fn worker(deadline: Deadline) {
    match catch_cancel(timeout_at(&deadline, sleep(Duration::from_secs(1)))).await {
        Ok(_) => println!("timed out"),
        Err(cancelled) => {
            println!("{} ms: cancelled, expired: {}", ms(), deadline.expired());
            cancelled.resume().await;
        }
    }
}

pub(crate) async fn main() {
    let deadline = Deadline::after(Duration::from_secs(1));
    let mut task = create_task(worker(deadline.clone()));
    sleep(A_WHILE).await;
    deadline.reschedule(rt::current().now() + A_WHILE).unwrap();
    task.cancel();
    if (&mut task).await.is_err() {
        println!("{} ms: it ended cancelled, requests: {}", ms(), task.cancelling());
    }
    sleep(2 * A_WHILE).await;
    println!("{} ms: expired: {}", ms(), deadline.expired());
}
