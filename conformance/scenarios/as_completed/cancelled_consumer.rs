//! S-ASCOMP-2: who asks may be cancelled; that is not passed on to the tasks.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{as_completed, create_task, sleep, wait};

use crate::clock::ms;

async fn fetch(name: &'static str, takes: u64) -> &'static str {
    sleep(Duration::from_millis(takes)).await;
    println!("{} ms: {name} is fetched", ms());
    name
}

async fn reader() {
    let body = async {
        let mut coming = as_completed([fetch("a", 10), fetch("b", 30)]);
        while let Some(name) = coming.next().await {
            println!("{} ms: reads {name}", ms());
        }
    };
    body.finally(async || println!("{} ms: the reader ends", ms())).await;
}

pub(crate) async fn main() {
    let task = create_task(reader());
    sleep(Duration::from_millis(20)).await;
    task.cancel();
    wait([&task]).await;
    println!("ended cancelled: {}", task.cancelled());
    sleep(Duration::from_millis(20)).await;
}
