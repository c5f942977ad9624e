//! S-GATHER-1: what else happens between the end of the last child and that of the gather.

use tulipa::{create_task, gather, yield_now};

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
    gather([child()]).await;
    println!("the gather is over");
    counter.await.unwrap();
}
