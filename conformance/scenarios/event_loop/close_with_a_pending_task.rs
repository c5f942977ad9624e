//! S-LOOP-15: a task that is pending when its loop closes; its cleanup never runs.
//!
//! Differs: S-LOOP-15: it is reported and dropped as the loop closes, not when somebody collects
//! it.

use std::future::pending;

use tulipa::EventLoop;
use tulipa::cancel::CancelExt;

async fn wait() {
    println!("the task waits");
    pending::<()>().finally(async || println!("cleanup")).await;
}

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    event_loop.set_exception_handler(|context| {
        println!("reported: {}", context.task_name().unwrap());
    });
    let task = event_loop.create_task(wait()).with_name("waiter");
    event_loop.stop();
    event_loop.run_forever().unwrap();
    println!("closing");
    event_loop.close();
    println!("closed");
    println!("done: {}", task.done());
    drop(task);
    println!("nobody holds it any more");
}
