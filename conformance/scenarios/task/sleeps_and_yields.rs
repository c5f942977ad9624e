//! S-TASK-3, S-LOOP-2: who yields goes on before who sleeps, and a sleep of zero is a yield.

use std::time::Duration;

use tulipa::{create_task, sleep, yield_now};

use crate::clock::ms;

async fn yields() {
    for n in 1..=3 {
        println!("{} ms: yield {n}", ms());
        yield_now().await;
    }
}

async fn sleeps(after: u64) {
    for n in 1..=2 {
        println!("{} ms: sleep {n} of {after}", ms());
        sleep(Duration::from_millis(after)).await;
    }
    println!("{} ms: slept twice {after}", ms());
}

pub(crate) async fn main() {
    let tasks = [20, 0, 10].map(|after| create_task(sleeps(after)));
    create_task(yields()).await.unwrap();
    println!("{} ms: no more yields", ms());
    for task in tasks {
        task.await.unwrap();
    }
}
