//! S-ASCOMP-1: of those that end in one iteration, the first to end comes first.

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
    let mut coming = as_completed(tasks);
    yield_now().await;
    for promise in promises.iter().rev() {
        promise.set_result(()).unwrap();
    }
    while let Some(name) = coming.next().await {
        println!("comes {}", name.unwrap());
    }
}
