//! S-FUT-7: awaiting what is done does not suspend, so nobody else runs meanwhile.

use tulipa::{Promise, create_task, yield_now};

async fn other() {
    println!("the other task runs");
}

pub(crate) async fn main() {
    let promise = Promise::new();
    promise.set_result("a value").unwrap();
    let done = create_task(async { "another value" });
    yield_now().await;
    let task = create_task(other());
    for _ in 0..2 {
        println!("{} at once", promise.clone().await.unwrap());
    }
    println!("{} at once", done.await.unwrap());
    println!("now it may run");
    task.await.unwrap();
}
