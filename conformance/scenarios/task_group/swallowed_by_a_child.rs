//! S-TG-2, S-TG-4: a child that swallows the cancellation is waited for, and is no failure.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{TaskGroup, sleep};

use crate::clock::ms;

async fn stubborn() {
    if let Err(cancelled) = catch_cancel(sleep(Duration::from_secs(1))).await {
        println!("{} ms: the stubborn one goes on", ms());
        cancelled.suppress();
    }
    sleep(Duration::from_millis(50)).await;
    println!("{} ms: the stubborn one is done", ms());
}

async fn fail() -> Result<(), String> {
    sleep(Duration::from_millis(10)).await;
    Err("boom".into())
}

pub(crate) async fn main() {
    let group = TaskGroup::run(async |group| {
        group.create_task(stubborn()).detach();
        group.try_create_task(fail()).detach();
    });
    if let Err(failed) = group.await {
        let errors = failed.errors().iter().map(|error| error.failure().to_string());
        println!("{} ms: {}", ms(), errors.collect::<Vec<_>>().join(", "));
    }
}
