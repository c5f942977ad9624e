//! S-CANCEL-2: in which iteration a request arrives at the innermost of four tasks.
//!
//! Differs: S-CANCEL-2: the request travels one awaited task in each iteration.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, yield_now};

async fn link(n: u32) {
    if n > 0 {
        let below = create_task(Box::pin(link(n - 1)));
        async { below.await.unwrap() }.finally(async || println!("link {n} is told")).await;
    } else {
        pending::<()>().finally(async || println!("link {n} is told")).await;
    }
}

pub(crate) async fn main() {
    let task = create_task(link(3));
    for _ in 0..4 {
        yield_now().await;
    }
    println!("cancel: {}", task.cancel());
    for n in 1..=9 {
        println!("iteration {n}");
        yield_now().await;
    }
    println!("cancelled: {}", task.cancelled());
}
