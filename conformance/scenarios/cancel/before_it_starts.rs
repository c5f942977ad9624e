//! S-CANCEL-3: cancelled before its first step, a task never runs, not even its cleanup.

use tulipa::cancel::CancelExt;
use tulipa::{create_task, yield_now};

async fn work(name: &str) {
    println!("{name} starts");
    yield_now().finally(async || println!("{name} cleans up")).await;
    println!("{name} ends");
}

pub(crate) async fn main() {
    let tasks = ["a", "b", "c"].map(|name| create_task(work(name)));
    println!("cancel b: {}", tasks[1].cancel());
    for _ in 0..3 {
        println!("b is cancelled: {}", tasks[1].cancelled());
        yield_now().await;
    }
    for task in tasks {
        println!("done: {}, cancelled: {}", task.done(), task.cancelled());
    }
}
