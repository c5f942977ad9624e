//! S-TASK-1: making a task runs nothing of it; it starts in the next iteration, children after
//! parents.

use tulipa::{create_task, yield_now};

async fn tree(name: String, depth: u32) {
    println!("{name} starts");
    if depth > 0 {
        let left = create_task(tree(format!("{name}.1"), depth - 1));
        let right = create_task(tree(format!("{name}.2"), depth - 1));
        println!("{name} has made its children");
        left.await.unwrap();
        right.await.unwrap();
    }
    println!("{name} ends");
}

pub(crate) async fn main() {
    let task = create_task(tree("task".into(), 2));
    println!("nothing has started");
    yield_now().await;
    println!("one iteration later");
    task.await.unwrap();
}
