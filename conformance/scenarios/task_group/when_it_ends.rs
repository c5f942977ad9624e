//! S-TG-1: what else happens between the end of the last child and that of the group.

use tulipa::{TaskGroup, create_task, yield_now};

async fn child() {
    yield_now().await;
    println!("the last child ends");
}

async fn count() {
    for n in 1..=6 {
        println!("iteration {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let counter = create_task(count());
    let group = TaskGroup::run(async |group| {
        let task = group.create_task(child());
        task.add_done_callback(|_| println!("its callback"));
    });
    group.await.unwrap();
    println!("the group is over");
    counter.await.unwrap();
}
