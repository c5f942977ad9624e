//! S-RUN-1: what is left is clean before the error of main comes out.

use std::future::pending;
use std::panic::catch_unwind;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, yield_now};

async fn leftover() {
    let cleanup = async || {
        yield_now().await;
        println!("what was left is clean");
    };
    pending::<()>().finally(cleanup).await;
}

async fn main_task() {
    let task = create_task(leftover());
    yield_now().await;
    println!("main fails, the task is done: {}", task.done());
    panic!("boom");
}

pub(crate) fn main() {
    if let Err(payload) = catch_unwind(|| tulipa::run(main_task())) {
        println!("failed: {}", payload.downcast_ref::<&str>().unwrap());
    }
}
