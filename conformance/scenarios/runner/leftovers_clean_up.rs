//! S-RUN-1: what is left when main ends is cancelled, and its cleanup is waited for.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, sleep, yield_now};

async fn sleeper(name: &str, takes: u32) {
    println!("{name} starts");
    let cleanup = async || {
        for _ in 0..takes {
            yield_now().await;
        }
        println!("{name} is clean");
    };
    sleep(Duration::from_secs(3600)).finally(cleanup).await;
}

async fn main_task() -> usize {
    let tasks = [("a", 5), ("b", 1)].map(|(name, takes)| create_task(sleeper(name, takes)));
    yield_now().await;
    println!("main ends");
    tasks.len()
}

pub(crate) fn main() {
    println!("tasks: {}", tulipa::run(main_task()));
}
