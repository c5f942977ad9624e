//! S-TASK-4: a task is interrupted from inside.
//!
//! Differs: S-TASK-4: there is no such exception: a panic goes to who awaits the task, the loop
//! goes on.

use tulipa::{EventLoop, create_task, yield_now};

async fn interrupts() {
    println!("the task is interrupted");
    panic!("interrupted");
}

async fn beside() {
    for n in 1..=3 {
        println!("beside it, {n}");
        yield_now().await;
    }
}

async fn work() {
    let task = create_task(interrupts());
    let other = create_task(beside());
    println!("its awaiter is told: {}", task.await.is_err());
    other.await.unwrap();
}

async fn some_iterations() {
    for _ in 0..8 {
        yield_now().await;
    }
}

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let task = event_loop.create_task(work());
    for run in 1..=2 {
        if task.done() {
            println!("nothing is left for run {run}");
            continue;
        }
        event_loop.run_until_complete(some_iterations()).unwrap();
        println!("run {run} comes to its end");
    }
    event_loop.close();
}
