//! S-TASK-2: a chain of tasks that await each other ends link by link, one in each iteration.

use tulipa::{create_task, yield_now};

async fn link(n: u32) -> u32 {
    println!("link {n} starts");
    let below = if n > 0 { Box::pin(create_task(link(n - 1))).await.unwrap() } else { 0 };
    println!("link {n} ends");
    below + n
}

async fn beside() {
    for n in 1..=8 {
        println!("iteration {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let other = create_task(beside());
    println!("the sum is {}", create_task(link(3)).await.unwrap());
    other.await.unwrap();
}
