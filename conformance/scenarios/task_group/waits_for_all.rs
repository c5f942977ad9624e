//! S-TG-1: the group waits for all children, also for one that is made while it waits.

use tulipa::{TaskGroup, yield_now};

async fn late() {
    println!("the late child starts");
    yield_now().await;
    println!("the late child ends");
}

async fn early(group: TaskGroup) {
    println!("the early child starts");
    yield_now().await;
    group.create_task(late()).detach();
    println!("the early child ends");
}

pub(crate) async fn main() {
    TaskGroup::run(async |group| {
        group.create_task(early(group.clone())).detach();
        println!("the body ends");
    })
    .await
    .unwrap();
    println!("the group is over");
}
