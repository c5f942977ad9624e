//! S-TG-2, S-TG-3: a body that fails cancels the children and waits for their cleanups.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{TaskGroup, sleep};

use crate::clock::ms;

async fn child() {
    println!("the child starts");
    let cleanup = async || {
        println!("{} ms: the child cleans up", ms());
        sleep(Duration::from_millis(10)).await;
    };
    sleep(Duration::from_secs(1)).finally(cleanup).await;
}

pub(crate) async fn main() {
    let group = TaskGroup::try_run(async |group| {
        group.create_task(child()).detach();
        sleep(Duration::from_millis(20)).await;
        println!("{} ms: the body fails", ms());
        Err::<(), _>("the body's error")
    });
    if let Err(failed) = group.await {
        let errors = failed.errors().iter().map(|error| error.failure().to_string());
        println!("{} ms: {}", ms(), errors.collect::<Vec<_>>().join(", "));
    }
}
