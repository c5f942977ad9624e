//! S-WAITFOR-2: with no time left, what is done gives its result, the rest is cancelled.

use std::future::pending;
use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{Promise, create_task, timeout, yield_now};

async fn work() {
    pending::<()>().finally(async || println!("the work is cancelled")).await;
}

pub(crate) async fn main() {
    let done = Promise::new();
    done.set_result("a result").unwrap();
    println!("{}", timeout(Duration::ZERO, done).await.unwrap().unwrap());
    let task = create_task(work());
    yield_now().await;
    if timeout(Duration::ZERO, task).await.is_err() {
        println!("timed out");
    }
    let pending = Promise::<()>::new();
    if timeout(Duration::ZERO, pending.clone()).await.is_err() {
        println!("timed out, the future is cancelled: {}", pending.cancelled());
    }
}
