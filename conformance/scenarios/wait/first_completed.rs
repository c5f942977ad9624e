//! S-WAIT-2: the first that are done are all that are done when the waiter runs.

use tulipa::task::ReturnWhen::FirstCompleted;
use tulipa::{create_task, wait, yield_now};

async fn work(name: &str, turns: u32) {
    for _ in 0..turns {
        yield_now().await;
    }
    println!("{name} is done");
}

pub(crate) async fn main() {
    let tasks = [("a", 2), ("b", 5), ("c", 2)]
        .map(|(name, turns)| create_task(work(name, turns)).with_name(name));
    let (done, pending) = wait(tasks).return_when(FirstCompleted).await;
    let names = |tasks: &[tulipa::Task<()>]| {
        tasks.iter().map(|task| task.name().to_string()).collect::<Vec<_>>().join(", ")
    };
    println!("done: {}", names(&done));
    println!("pending: {}", names(&pending));
    wait(pending).await;
}
