//! S-CANCEL-2: a future that a cancelled task awaits is cancelled too, and its other awaiter is
//! told.

use tulipa::{Promise, create_task, yield_now};

async fn awaits(name: &str, promise: Promise<()>) {
    println!("{name} waits");
    if promise.await.is_err() {
        println!("{name} is told");
    }
}

pub(crate) async fn main() {
    let promise = Promise::new();
    let cancelled = create_task(awaits("the cancelled one", promise.clone()));
    let other = create_task(awaits("the other", promise.clone()));
    yield_now().await;
    println!("cancel: {}", cancelled.cancel());
    for _ in 0..3 {
        yield_now().await;
    }
    println!("the future is cancelled: {}", promise.cancelled());
    println!("the tasks have ended: {}, {}", cancelled.done(), other.done());
    println!("requests: {}, {}", cancelled.cancelling(), other.cancelling());
}
