//! S-TG-2: a child that fails cancels its sibling and the body, and the task goes on.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{TaskGroup, current_task, sleep};

use crate::clock::ms;

async fn fail() -> Result<(), String> {
    sleep(Duration::from_millis(20)).await;
    println!("{} ms: one child fails", ms());
    Err("boom".into())
}

async fn cleanup(name: &str, takes: u64) {
    println!("{} ms: {name} cleans up", ms());
    sleep(Duration::from_millis(takes)).await;
    println!("{} ms: {name} is clean", ms());
}

async fn sleeper() {
    sleep(Duration::from_secs(1)).finally(async || cleanup("the sibling", 30).await).await;
}

pub(crate) async fn main() {
    let group = TaskGroup::run(async |group| {
        group.try_create_task(fail()).detach();
        group.create_task(sleeper()).detach();
        sleep(Duration::from_secs(1)).finally(async || cleanup("the body", 10).await).await;
    });
    if let Err(failed) = group.await {
        let errors = failed.errors().iter().map(|error| error.failure().to_string());
        println!("{} ms: {}", ms(), errors.collect::<Vec<_>>().join(", "));
    }
    println!("requests: {}", current_task().unwrap().cancelling());
    sleep(Duration::from_millis(10)).await;
    println!("{} ms: goes on", ms());
}
