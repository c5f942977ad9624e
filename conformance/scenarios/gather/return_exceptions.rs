//! S-GATHER-4: what failed and what was cancelled are results among the others.

use std::time::Duration;

use tulipa::{current_task, gather, sleep};

use crate::clock::ms;

async fn work(takes: u64) -> String {
    sleep(Duration::from_millis(takes)).await;
    format!("{takes} ms of work")
}

async fn fail() -> String {
    sleep(Duration::from_millis(10)).await;
    panic!("boom");
}

async fn give_up() -> String {
    current_task().unwrap().cancel();
    sleep(Duration::from_secs(1)).await;
    unreachable!();
}

pub(crate) async fn main() {
    let (worked, failed, gave_up) = gather((work(30), fail(), give_up())).return_exceptions().await;
    for result in [worked, failed, gave_up] {
        match result {
            Err(error) if error.is_cancelled() => println!("cancelled"),
            Err(error) => println!("failed: {}", error.panic_message().unwrap()),
            Ok(value) => println!("{value}"),
        }
    }
    println!("{} ms: the end", ms());
}
