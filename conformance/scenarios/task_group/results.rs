//! S-TG-1: when the group is over all children are done, and their results are there.

use std::time::Duration;

use tulipa::{TaskGroup, sleep};

use crate::clock::ms;

async fn fetch(name: &'static str, after: u64) -> String {
    sleep(Duration::from_millis(after)).await;
    println!("{} ms: {name} is fetched", ms());
    format!("the page of {name}")
}

pub(crate) async fn main() {
    let group = TaskGroup::run(async |group| {
        let fetches = [("a", 30), ("b", 10)].map(|(name, after)| fetch(name, after));
        let tasks = fetches.map(|fetch| group.create_task(fetch));
        println!("{} ms: the body ends", ms());
        tasks
    });
    let tasks = group.await.unwrap();
    println!("{} ms: the group is over", ms());
    for task in tasks {
        println!("{}", task.await.unwrap());
    }
}
