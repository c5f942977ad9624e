//! S-RUN-1: what is left is asked once; if it swallows that, it is waited for to its end.

use std::future::pending;
use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, sleep, yield_now};

async fn stubborn() {
    if let Err(cancelled) = catch_cancel(pending::<()>()).await {
        println!("asked to end");
        cancelled.suppress();
    }
    for n in 1..=3 {
        match catch_cancel(sleep(Duration::from_millis(1))).await {
            Ok(()) => println!("step {n}"),
            Err(cancelled) => {
                println!("asked again");
                cancelled.suppress();
            }
        }
    }
    println!("ends by itself");
}

async fn main_task() {
    let task = create_task(stubborn());
    yield_now().await;
    println!("main ends, the task is done: {}", task.done());
}

pub(crate) fn main() {
    tulipa::run(main_task());
    println!("the run is over");
}
