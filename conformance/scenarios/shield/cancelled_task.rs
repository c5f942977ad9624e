//! S-SHIELD-2: a task is shielded, and cancelled by somebody else.
//!
//! Differs: S-SHIELD-2: the shield gives the task's result, which says cancelled.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{Task, create_task, shield, sleep, wait};

async fn work() {
    sleep(Duration::from_secs(1)).await;
}

async fn awaiter(task: Task<()>) {
    match catch_cancel(shield(task)).await {
        Ok(result) => println!("the awaiter goes on, cancelled: {}", result.is_err()),
        Err(cancelled) => {
            println!("the awaiter is cancelled");
            cancelled.resume().await;
        }
    }
}

pub(crate) async fn main() {
    let task = create_task(work());
    let view = task.task_ref();
    let waiting = create_task(awaiter(task));
    sleep(Duration::from_millis(10)).await;
    view.cancel();
    wait([&waiting]).await;
    println!("ended cancelled: {}", waiting.cancelled());
}
