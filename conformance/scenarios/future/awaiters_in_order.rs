//! S-FUT-3, S-FUT-6: awaiters and callbacks of a future are told in the order in which they asked.

use tulipa::{Promise, create_task, yield_now};

async fn awaits(name: &str, promise: Promise<i32>) {
    println!("{name} waits");
    let value = promise.await.unwrap();
    println!("{name} has {value}");
}

pub(crate) async fn main() {
    let promise = Promise::new();
    let mut tasks = vec![create_task(awaits("a", promise.clone()))];
    yield_now().await;
    promise.add_done_callback(|_| println!("the callback"));
    for name in ["b", "c"] {
        tasks.push(create_task(awaits(name, promise.clone())));
    }
    yield_now().await;
    promise.set_result(6).unwrap();
    println!("set");
    for task in tasks {
        task.await.unwrap();
    }
}
