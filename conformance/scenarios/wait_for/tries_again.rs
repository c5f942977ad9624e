//! S-WAITFOR-3, S-WAITFOR-4: each try has its own time, and the first to keep it is the last.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{sleep, timeout};

use crate::clock::ms;

async fn ask(server: &'static str, takes: u64) -> String {
    let answer = async {
        sleep(Duration::from_millis(takes)).await;
        format!("an answer from {server}")
    };
    answer.finally(async || println!("{} ms: {server} hangs up", ms())).await
}

pub(crate) async fn main() {
    for (server, takes) in [("a", 50), ("b", 20), ("c", 10), ("d", 5)] {
        println!("{} ms: asks {server}", ms());
        match timeout(Duration::from_millis(15), ask(server, takes)).await {
            Err(_) => println!("{} ms: {server} timed out", ms()),
            Ok(answer) => {
                println!("{} ms: {answer}", ms());
                break;
            }
        }
    }
}
