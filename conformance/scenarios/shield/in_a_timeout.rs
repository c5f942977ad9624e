//! S-SHIELD-1, S-TIMEOUT-5: a deadline ends the wait for what is shielded, not the work.

use std::time::Duration;

use tulipa::{shield, sleep, timeout};

use crate::clock::ms;

async fn work() -> &'static str {
    sleep(Duration::from_millis(50)).await;
    println!("{} ms: the work is done", ms());
    "the result"
}

pub(crate) async fn main() {
    let mut work = shield(work());
    loop {
        match timeout(Duration::from_millis(20), &mut work).await {
            Ok(result) => {
                println!("{} ms: has {result}", ms());
                break;
            }
            Err(_) => println!("{} ms: not yet", ms()),
        }
    }
}
