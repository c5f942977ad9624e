//! S-TIMEOUT-5: a body that is cancelled before the deadline has not timed out.

use std::time::Duration;

use tulipa::{create_task, current_task, sleep, timeout, wait};

use crate::clock::ms;

async fn worker() {
    let body = async {
        current_task().unwrap().cancel();
        println!("the body waits");
        sleep(Duration::from_secs(1)).await;
    };
    if timeout(Duration::from_millis(20), body).await.is_err() {
        println!("timed out");
    }
}

pub(crate) async fn main() {
    let task = create_task(worker());
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
}
