//! S-TASK-2: an awaiter goes on one iteration after the task's end, behind what its last step
//! queued.

use tulipa::{create_task, rt, yield_now};

async fn work() {
    println!("the first step");
    yield_now().await;
    rt::current().call_soon(Box::new(|| println!("queued by the last step")));
    println!("the last step");
}

async fn beside() {
    for n in 1..=5 {
        println!("iteration {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let other = create_task(beside());
    create_task(work()).await.unwrap();
    println!("the awaiter goes on");
    other.await.unwrap();
}
