//! S-CANCEL-2: a request goes to the innermost task awaited; cleanups run from the inside outward.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, yield_now};

async fn link(n: u32) {
    println!("link {n} waits");
    let inside = async {
        if n > 0 {
            let below = create_task(Box::pin(link(n - 1)));
            below.await.unwrap();
        } else {
            pending::<()>().await;
        }
    };
    let cleanup = async || {
        println!("link {n} cleans up");
        yield_now().await;
        println!("link {n} is clean");
    };
    inside.finally(cleanup).await;
}

pub(crate) async fn main() {
    let task = create_task(link(3));
    for _ in 0..4 {
        yield_now().await;
    }
    println!("cancel: {}", task.cancel());
    println!("ended with an error: {}", task.await.is_err());
}
