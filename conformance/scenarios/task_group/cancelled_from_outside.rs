//! S-TG-7: a cancellation from outside ends body and children, and waits for them.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{TaskGroup, create_task, sleep, wait};

use crate::clock::ms;

async fn sleeper(name: &str, takes: u64) {
    let cleanup = async || {
        println!("{} ms: {name} cleans up", ms());
        sleep(Duration::from_millis(takes)).await;
        println!("{} ms: {name} is clean", ms());
    };
    sleep(Duration::from_secs(1)).finally(cleanup).await;
}

async fn parent() {
    let group = TaskGroup::run(async |group| {
        group.create_task(sleeper("the child", 20)).detach();
        sleeper("the body", 10).await;
    });
    group.await.unwrap();
    println!("never");
}

pub(crate) async fn main() {
    let task = create_task(parent());
    sleep(Duration::from_millis(10)).await;
    println!("{} ms: cancel: {}", ms(), task.cancel());
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
}
