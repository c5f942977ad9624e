//! S-TG-7, S-TIMEOUT-5: a deadline around a group ends it, and waits for its children's cleanups.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{TaskGroup, current_task, sleep, timeout};

use crate::clock::ms;

async fn child(name: &'static str, takes: u64) {
    match catch_cancel(sleep(Duration::from_millis(takes))).await {
        Ok(()) => println!("{} ms: {name} is done", ms()),
        Err(cancelled) => {
            sleep(Duration::from_millis(10)).await;
            println!("{} ms: {name} is clean", ms());
            cancelled.resume().await;
        }
    }
}

pub(crate) async fn main() {
    let body = async {
        let group = TaskGroup::run(async |group| {
            group.create_task(child("the quick one", 20)).detach();
            group.create_task(child("the slow one", 40)).detach();
        });
        group.await.unwrap();
        println!("never");
    };
    if timeout(Duration::from_millis(30), body).await.is_err() {
        println!("{} ms: timed out, requests: {}", ms(), current_task().unwrap().cancelling());
    }
}
