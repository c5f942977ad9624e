//! S-WAIT-4: it takes an iteration even when all are done, and so it does without any time.

use std::time::Duration;

use tulipa::{Promise, create_task, rt, wait};

async fn work() {}

pub(crate) async fn main() {
    let runtime = rt::current();
    let mut task = create_task(work());
    (&mut task).await.unwrap();
    runtime.call_soon(Box::new(|| println!("an iteration has passed")));
    let (done, _) = wait([task]).await;
    println!("done: {}", done.len());
    let pending = Promise::<()>::new();
    runtime.call_soon(Box::new(|| println!("another iteration has passed")));
    let (done, _) = wait([pending]).timeout(Duration::ZERO).await;
    println!("done: {}", done.len());
}
