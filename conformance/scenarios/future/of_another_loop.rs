//! S-FUT-9: a task awaits a future of another loop.
//!
//! Differs: S-FUT-9: it works, a waker reaches its task on whatever loop.

use tulipa::{EventLoop, Promise, yield_now};

async fn awaits(promise: Promise<i32>) {
    println!("the task awaits it");
    println!("the task has {}", promise.await.unwrap());
}

async fn sets(promise: Promise<i32>) {
    println!("its own loop sets it");
    promise.set_result(9).unwrap();
    yield_now().await;
}

pub(crate) fn main() {
    let one = EventLoop::new().unwrap();
    let other = EventLoop::new().unwrap();
    let promise = other.create_promise();
    let task = one.create_task(awaits(promise.clone()));
    one.stop();
    one.run_forever().unwrap();
    println!("done: {}", task.done());
    other.run_until_complete(sets(promise)).unwrap();
    match one.run_until_complete(task).unwrap() {
        Ok(()) => println!("the task has ended"),
        Err(_) => println!("the task has failed"),
    }
    one.close();
    other.close();
}
