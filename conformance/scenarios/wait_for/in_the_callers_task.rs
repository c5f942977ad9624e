//! S-WAITFOR-1: what is waited for runs in the caller's task, at once.

use std::time::Duration;

use tulipa::{current_task, timeout};

async fn work() -> bool {
    println!("the work starts");
    current_task().unwrap().name() == "caller".into()
}

pub(crate) async fn main() {
    current_task().unwrap().set_name("caller");
    println!("asks");
    let same = timeout(Duration::from_secs(1), work()).await.unwrap();
    println!("in the caller's task: {same}");
}
