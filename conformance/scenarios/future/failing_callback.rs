//! S-FUT-5: a callback that fails is reported, and the others and the awaiter go on.

use tulipa::{Promise, create_task, get_running_loop, yield_now};

async fn awaits(promise: Promise<i32>) {
    println!("the awaiter has {}", promise.await.unwrap());
}

pub(crate) async fn main() {
    get_running_loop().set_exception_handler(|context| {
        println!("reported: {}", context.exception_text().unwrap());
    });
    let promise = Promise::new();
    let task = create_task(awaits(promise.clone()));
    yield_now().await;
    promise.add_done_callback(|_| panic!("boom"));
    promise.add_done_callback(|promise| println!("a callback has {}", promise.result().unwrap()));
    promise.set_result(5).unwrap();
    println!("set");
    task.await.unwrap();
    yield_now().await;
}
