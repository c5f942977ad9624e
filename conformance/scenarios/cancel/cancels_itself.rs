//! S-CANCEL-4: a task that cancels itself goes on through awaits of what is done, up to a real one.

use tulipa::cancel::CancelExt;
use tulipa::{Promise, create_task, current_task, yield_now};

async fn work() {
    let done = Promise::new();
    done.set_result("what is done").unwrap();
    println!("cancel: {}", current_task().unwrap().cancel());
    println!("goes on");
    println!("awaits {}", done.await.unwrap());
    println!("suspends");
    yield_now().finally(async || println!("cleans up")).await;
    println!("never");
}

pub(crate) async fn main() {
    let task = create_task(work());
    while !task.done() {
        yield_now().await;
    }
    println!("cancelled: {}", task.cancelled());
}
