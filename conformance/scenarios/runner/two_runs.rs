//! S-LOOP-13, S-RUN-8: a task that the first run leaves behind goes on in the second.

use std::future::pending;

use tulipa::{Runner, Task, create_task, yield_now};

async fn count() {
    for n in 1..=4 {
        println!("count {n}");
        yield_now().await;
    }
    pending::<()>().await;
}

async fn first() -> Task<()> {
    let task = create_task(count());
    yield_now().await;
    println!("the first run ends");
    task
}

async fn second() {
    println!("the second run begins");
    yield_now().await;
    println!("the second run ends");
}

pub(crate) fn main() {
    let runner = Runner::new().unwrap();
    let task = runner.run(first()).unwrap();
    println!("between the runs");
    runner.run(second()).unwrap();
    println!("closes, the task is done: {}", task.done());
    runner.close();
    println!("closed, the task is cancelled: {}", task.cancelled());
}
