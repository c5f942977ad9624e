//! S-SHIELD-1: the awaiter is cancelled at once, and the work goes on to its end.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, shield, sleep, wait};

use crate::clock::ms;

async fn work() {
    let body = async {
        sleep(Duration::from_millis(30)).await;
        println!("{} ms: the work is done", ms());
    };
    body.finally(async || println!("{} ms: the work ends", ms())).await;
}

async fn awaiter() {
    shield(work()).finally(async || println!("{} ms: the awaiter ends", ms())).await;
}

pub(crate) async fn main() {
    let task = create_task(awaiter());
    sleep(Duration::from_millis(10)).await;
    task.cancel();
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
    sleep(Duration::from_millis(50)).await;
}
