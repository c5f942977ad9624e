//! S-WAIT-2: what else happens between the end of the task and the end of the wait.

use tulipa::{create_task, wait, yield_now};

async fn child() {
    yield_now().await;
    println!("the task ends");
}

async fn count() {
    for n in 1..=6 {
        println!("iteration {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let counter = create_task(count());
    let task = create_task(child());
    task.add_done_callback(|_| println!("its callback"));
    wait([task]).await;
    println!("the wait is over");
    counter.await.unwrap();
}
