//! S-GATHER-1, S-GATHER-6: nested, results come in order, and a cancellation reaches all leaves.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{create_task, gather, sleep, wait};

use crate::clock::ms;

async fn leaf(name: String, takes: u64) -> String {
    match catch_cancel(sleep(Duration::from_millis(takes))).await {
        Ok(()) => println!("{} ms: {name} is done", ms()),
        Err(cancelled) => {
            println!("{} ms: {name} is cancelled", ms());
            cancelled.resume().await;
        }
    }
    name
}

async fn branch(name: &'static str, takes: u64) -> String {
    let leaves = gather([leaf(format!("{name}1"), 2 * takes), leaf(format!("{name}2"), takes)]);
    leaves.await.join("+")
}

async fn tree(takes: u64) {
    println!("{}", gather([branch("a", 3 * takes), branch("b", takes)]).await.join(" "));
}

pub(crate) async fn main() {
    tree(5).await;
    let task = create_task(tree(500));
    sleep(Duration::from_millis(10)).await;
    task.cancel();
    wait([&task]).await;
    println!("{} ms: ended cancelled: {}", ms(), task.cancelled());
}
