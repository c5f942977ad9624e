//! S-GATHER-1: all start in order of the arguments, and so do the results come.

use std::time::Duration;

use tulipa::{gather, sleep};

use crate::clock::ms;

async fn fetch(name: &'static str, takes: u64) -> &'static str {
    println!("{} ms: {name} starts", ms());
    sleep(Duration::from_millis(takes)).await;
    println!("{} ms: {name} is fetched", ms());
    name
}

pub(crate) async fn main() {
    let gathered = gather([fetch("a", 30), fetch("b", 10), fetch("c", 20)]);
    println!("nobody has started");
    println!("{} at {} ms", gathered.await.join(", "), ms());
}
