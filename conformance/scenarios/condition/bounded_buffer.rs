//! S-COND-2: makers and takers share a buffer for two, and wait for room and for goods.

use std::rc::Rc;

use tulipa::create_task;
use tulipa::sync::local::Condition;

type Buffer = Rc<Condition<Vec<String>>>;

async fn make(name: &str, n: u32, buffer: Buffer) {
    for i in 1..=n {
        let mut buffer = buffer.acquire().await.wait_for(|buffer| buffer.len() < 2).await;
        buffer.push(format!("{name}{i}"));
        println!("{name}{i} made");
        buffer.notify_all();
    }
}

async fn take(name: &str, n: u32, buffer: Buffer) {
    for _ in 0..n {
        let mut buffer = buffer.acquire().await.wait_for(|buffer| !buffer.is_empty()).await;
        println!("{name} takes {}", buffer.remove(0));
        buffer.notify_all();
    }
}

pub(crate) async fn main() {
    let buffer = Buffer::default();
    let tasks = [
        create_task(make("a", 4, buffer.clone())),
        create_task(make("b", 3, buffer.clone())),
        create_task(take("x", 4, buffer.clone())),
        create_task(take("y", 3, buffer.clone())),
    ];
    for task in tasks {
        task.await.unwrap();
    }
}
