//! S-TG-9: errors beside a cancellation are told first, and the next await ends the task.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{TaskGroup, create_task, current_task, sleep, wait};

use crate::clock::ms;

async fn child() -> Result<(), &'static str> {
    if let Err(cancelled) = catch_cancel(sleep(Duration::from_secs(1))).await {
        println!("{} ms: the child fails", ms());
        cancelled.suppress();
        return Err("the cleanup failed");
    }
    Ok(())
}

async fn parent() {
    let group = TaskGroup::run(async |group| group.try_create_task(child()).detach());
    if let Err(failed) = group.await {
        let errors = failed.errors().iter().map(|error| error.failure().to_string());
        println!("{} ms: {}", ms(), errors.collect::<Vec<_>>().join(", "));
    }
    println!("requests: {}", current_task().unwrap().cancelling());
    sleep(Duration::from_secs(1)).await;
    println!("never");
}

pub(crate) async fn main() {
    let task = create_task(parent());
    sleep(Duration::from_millis(10)).await;
    task.cancel();
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
}
