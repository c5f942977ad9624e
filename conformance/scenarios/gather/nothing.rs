//! S-GATHER-1: to gather nothing needs no waiting.

use std::future::Ready;

use tulipa::{gather, rt, yield_now};

pub(crate) async fn main() {
    rt::current().call_soon(Box::new(|| println!("an iteration has passed")));
    println!("results: {}", gather(Vec::<Ready<()>>::new()).await.len());
    yield_now().await;
    println!("the end");
}
