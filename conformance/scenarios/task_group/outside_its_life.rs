//! S-TG-6: no child starts in a group that is aborting or over.
//!
//! Differs: S-TG-6: such a child is made, and ends cancelled.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{TaskGroup, sleep};

async fn never() {
    println!("never");
}

fn start(group: &TaskGroup, when: &str) {
    group.create_task(never()).detach();
    println!("{when}: made");
}

async fn child(group: TaskGroup) {
    let cleanup = async || {
        start(&group, "aborting");
        sleep(Duration::from_millis(10)).await;
    };
    sleep(Duration::from_secs(1)).finally(cleanup).await;
}

pub(crate) async fn main() {
    let mut over = None;
    let group = TaskGroup::try_run(async |group| {
        over = Some(group.clone());
        group.create_task(child(group.clone())).detach();
        sleep(Duration::from_millis(10)).await;
        Err::<(), _>("boom")
    });
    if group.await.is_err() {
        println!("the group has failed");
    }
    start(&over.unwrap(), "over");
    sleep(Duration::from_millis(10)).await;
    println!("nobody has started");
}
