//! S-SHIELD-4: nobody holds the work once its awaiter is gone.
//!
//! Differs: S-SHIELD-4: the loop owns it, and drops it at the end.

use std::future::pending;

use tulipa::{all_tasks, create_task, get_running_loop, shield, wait, yield_now};

async fn work() {
    println!("the work starts");
    pending::<()>().await;
}

async fn awaiter() {
    shield(work()).await;
}

pub(crate) async fn main() {
    get_running_loop().set_exception_handler(|_| println!("reported: the work is lost"));
    let task = create_task(awaiter());
    yield_now().await;
    yield_now().await;
    task.cancel();
    wait([&task]).await;
    println!("tasks: {}", all_tasks().len());
}
