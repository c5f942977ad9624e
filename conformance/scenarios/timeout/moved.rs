//! S-TIMEOUT-2: a deadline is moved by its body and by others, further off, away, and near.

use std::time::Duration;

use tulipa::time::Deadline;
use tulipa::{create_task, rt, sleep, timeout_at};

use crate::clock::ms;

async fn others(deadline: Deadline) {
    sleep(Duration::from_millis(20)).await;
    deadline.reschedule(None).unwrap();
    println!("{} ms: there is none, expired: {}", ms(), deadline.expired());
    sleep(Duration::from_millis(60)).await;
    deadline.reschedule(rt::current().now() + Duration::from_millis(20)).unwrap();
    println!("{} ms: there is one again", ms());
}

pub(crate) async fn main() {
    let deadline = Deadline::after(Duration::from_millis(10));
    let body = async {
        deadline.reschedule(deadline.when().unwrap() + Duration::from_millis(20)).unwrap();
        let task = create_task(others(deadline.clone()));
        sleep(Duration::from_millis(50)).await;
        println!("{} ms: goes on", ms());
        sleep(Duration::from_secs(1)).await;
        task.await.unwrap();
        println!("never");
    };
    if timeout_at(&deadline, body).await.is_err() {
        println!("{} ms: timed out, expired: {}", ms(), deadline.expired());
    }
}
