//! S-TG-1: a group without children does not wait.

use tulipa::{TaskGroup, rt, yield_now};

pub(crate) async fn main() {
    rt::current().call_soon(Box::new(|| println!("an iteration has passed")));
    TaskGroup::run(async |_group| println!("the body")).await.unwrap();
    println!("the group is over");
    yield_now().await;
    println!("the end");
}
