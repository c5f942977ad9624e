//! S-TASK-1, S-TASK-3: tasks start in order of creation, and those that yield take turns.

use tulipa::{create_task, yield_now};

async fn count(name: &str) {
    for n in 1..=3 {
        println!("{name} {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let tasks = ["a", "b", "c"].map(|name| create_task(count(name)));
    println!("made");
    for task in tasks {
        task.await.unwrap();
    }
    println!("all have ended");
}
