//! S-GATHER-2: the first failure is had at once, and the others run on.

use std::time::Duration;

use tulipa::{create_task, gather, sleep};

use crate::clock::ms;

async fn fail() {
    sleep(Duration::from_millis(20)).await;
    println!("{} ms: one fails", ms());
    panic!("boom");
}

async fn work(name: &str, takes: u64) {
    sleep(Duration::from_millis(takes)).await;
    println!("{} ms: {name} is done", ms());
}

async fn parent() {
    gather((work("the quick one", 10), fail(), work("the slow one", 30))).await;
}

pub(crate) async fn main() {
    if let Err(error) = create_task(parent()).await {
        println!("{} ms: {}", ms(), error.panic_message().unwrap());
    }
    sleep(Duration::from_millis(20)).await;
    println!("{} ms: the end", ms());
}
