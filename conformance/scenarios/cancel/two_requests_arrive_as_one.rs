//! S-CANCEL-8: two requests before the first is seen arrive as one, and count as two.

use tulipa::cancel::catch_cancel;
use tulipa::{Promise, create_task, yield_now};

async fn wait(n: u32, promise: Promise<()>) {
    println!("wait {n}");
    match catch_cancel(promise).await {
        Ok(_) => println!("wait {n} is over"),
        Err(cancelled) => {
            println!("wait {n} is cancelled");
            cancelled.suppress();
        }
    }
}

async fn work(second: Promise<()>) -> &'static str {
    wait(1, Promise::new()).await;
    wait(2, second).await;
    "its value"
}

pub(crate) async fn main() {
    let second = Promise::new();
    let task = create_task(work(second.clone()));
    yield_now().await;
    println!("cancel: {}", task.cancel());
    println!("cancel: {}", task.cancel());
    println!("requests: {}", task.cancelling());
    for _ in 0..3 {
        yield_now().await;
    }
    second.set_result(()).unwrap();
    let view = task.task_ref();
    println!("it returns {}", task.await.unwrap());
    println!("requests: {}", view.cancelling());
}
