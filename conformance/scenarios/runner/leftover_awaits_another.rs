//! S-RUN-1: what is left is cancelled once, also when one of them waits for the other.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, yield_now};

async fn child() {
    let cleanup = async || {
        println!("the child cleans up");
        yield_now().await;
        yield_now().await;
        println!("the child is clean");
    };
    pending::<()>().finally(cleanup).await;
}

async fn parent() {
    let body = async { create_task(child()).await.unwrap() };
    body.finally(async || println!("the parent ends")).await;
}

async fn main_task() {
    let task = create_task(parent());
    yield_now().await;
    yield_now().await;
    println!("main ends, the parent is done: {}", task.done());
}

pub(crate) fn main() {
    tulipa::run(main_task());
    println!("the run is over");
}
