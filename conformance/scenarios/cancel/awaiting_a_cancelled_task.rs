//! S-CANCEL-13: a task awaits another that is cancelled, and is not cancelled itself.
//!
//! Differs: S-CANCEL-13: the awaiter gets an error that says so, and need not count to know whose
//! it was.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{Task, create_task, current_task, yield_now};

async fn child() {
    pending::<()>().finally(async || println!("the child cleans up")).await;
}

async fn parent(child: Task<()>) {
    match child.await {
        Ok(()) => println!("the child has ended well"),
        Err(error) => println!("the child is cancelled: {}", error.is_cancelled()),
    }
    println!("requests to the parent: {}", current_task().unwrap().cancelling());
    println!("the parent goes on");
}

pub(crate) async fn main() {
    let child = create_task(child());
    let to_cancel = child.task_ref();
    let parent = create_task(parent(child));
    yield_now().await;
    println!("cancel the child: {}", to_cancel.cancel());
    while !parent.done() {
        yield_now().await;
    }
    println!("the parent ended cancelled: {}", parent.cancelled());
}
