//! S-CANCEL-11: a task may end itself as cancelled, without a request; its cleanup runs.

use tulipa::cancel::{CancelExt, raise};
use tulipa::{create_task, yield_now};

async fn gives_up() {
    println!("it gives up");
    raise().await;
}

async fn work() {
    gives_up().finally(async || println!("it cleans up")).await;
    println!("never");
}

pub(crate) async fn main() {
    let task = create_task(work());
    while !task.done() {
        yield_now().await;
    }
    println!("cancelled: {}, requests: {}", task.cancelled(), task.cancelling());
}
