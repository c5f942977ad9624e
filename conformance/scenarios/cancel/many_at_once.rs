//! S-CANCEL-1, S-CANCEL-8: tasks that are cancelled together clean up in turns, in order of the
//! requests.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, yield_now};

async fn work(name: &str, steps: u32) {
    let cleanup = async || {
        for n in 1..=steps {
            println!("{name} cleans up, {n}");
            yield_now().await;
        }
    };
    pending::<()>().finally(cleanup).await;
}

pub(crate) async fn main() {
    let tasks = [("a", 1), ("b", 3), ("c", 2)].map(|(name, n)| create_task(work(name, n)));
    yield_now().await;
    for task in tasks.iter().rev() {
        task.cancel();
        task.cancel();
    }
    for (n, task) in (0..).zip(tasks) {
        println!("{n} ended with an error: {}", task.await.is_err());
    }
}
