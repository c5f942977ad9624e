//! S-WAIT-2: waiting again and again for the first, with new work for whatever is done.

use std::time::Duration;

use tulipa::task::ReturnWhen::FirstCompleted;
use tulipa::{create_task, sleep, wait};

use crate::clock::ms;

async fn fetch(page: u32, takes: u64) -> String {
    sleep(Duration::from_millis(takes)).await;
    format!("page {page}")
}

pub(crate) async fn main() {
    let mut takes = [20, 50, 10, 30, 5].into_iter();
    let mut page = 0;
    let mut pending = Vec::new();
    loop {
        while pending.len() < 2
            && let Some(time) = takes.next()
        {
            page += 1;
            println!("{} ms: fetches page {page}", ms());
            pending.push(create_task(fetch(page, time)));
        }
        if pending.is_empty() {
            break;
        }
        let (done, left) = wait(pending).return_when(FirstCompleted).await;
        pending = left;
        let mut pages: Vec<&str> = done.iter().map(|task| &**task.result().unwrap()).collect();
        pages.sort_unstable();
        println!("{} ms: has {}", ms(), pages.join(" and "));
    }
}
