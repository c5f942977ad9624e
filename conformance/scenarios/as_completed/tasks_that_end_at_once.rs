//! S-ASCOMP-1: tasks end in the very next iteration, in another order than they are given.
//!
//! Differs: S-ASCOMP-1: these come in the order in which they are given.

use tulipa::{Promise, as_completed, create_task, yield_now};

async fn work(name: &'static str, promise: Promise<()>) -> &'static str {
    promise.await.unwrap();
    println!("{name} ends");
    name
}

pub(crate) async fn main() {
    let promises = [(); 3].map(|()| Promise::new());
    let names = ["a", "b", "c"].into_iter();
    let tasks: Vec<_> = names
        .zip(&promises)
        .map(|(name, promise)| create_task(work(name, promise.clone())))
        .collect();
    yield_now().await;
    for promise in promises.iter().rev() {
        promise.set_result(()).unwrap();
    }
    let mut coming = as_completed(tasks);
    while let Some(name) = coming.next().await {
        println!("comes {}", name.unwrap());
    }
}
