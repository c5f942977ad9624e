//! S-TIMEOUT-4: a body that blocks the thread beyond its deadline, and never waits, completes.

use std::pin::pin;
use std::thread;
use std::time::Duration;

use tulipa::{current_task, timeout, yield_now};

pub(crate) async fn main() {
    let body = async {
        println!("the body blocks");
        thread::sleep(Duration::from_millis(20));
        println!("the body goes on");
    };
    let mut deadline = pin!(timeout(Duration::from_millis(1), body));
    deadline.as_mut().await.unwrap();
    println!("it completes, expired: {}", deadline.expired());
    yield_now().await;
    yield_now().await;
    println!("and is left alone, requests: {}", current_task().unwrap().cancelling());
}
