//! S-TG-7, S-TG-8: the group waits for its children however often it is cancelled meanwhile.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{TaskGroup, create_task, sleep, wait};

use crate::clock::ms;

async fn child() {
    let cleanup = async || {
        println!("{} ms: the child cleans up", ms());
        sleep(Duration::from_millis(50)).await;
        println!("{} ms: the child is clean", ms());
    };
    sleep(Duration::from_secs(1)).finally(cleanup).await;
}

async fn parent() {
    let group = TaskGroup::run(async |group| group.create_task(child()).detach());
    group.await.unwrap();
    println!("never");
}

pub(crate) async fn main() {
    let task = create_task(parent());
    for _ in 0..3 {
        sleep(Duration::from_millis(10)).await;
        println!("{} ms: cancel: {}", ms(), task.cancel());
    }
    wait([&task]).await;
    let (cancelled, requests) = (task.cancelled(), task.task_ref().cancelling());
    println!("{} ms: ended cancelled: {cancelled}, requests: {requests}", ms());
}
