//! S-BARRIER-1: the indices of a round from which one that had come was cancelled.
//!
//! Differs: S-BARRIER-1: they are given when the barrier is full, so each is given once.

use std::rc::Rc;

use tulipa::sync::local::Barrier;
use tulipa::{create_task, yield_now};

async fn arrive(name: &str, barrier: Rc<Barrier>) {
    println!("{name} arrives");
    let index = barrier.wait().await.unwrap();
    println!("{name} goes on with {index}");
}

pub(crate) async fn main() {
    let barrier = Rc::new(Barrier::new(3));
    let [a, b] = ["a", "b"].map(|name| create_task(arrive(name, barrier.clone())));
    yield_now().await;
    println!("cancel: {}", a.cancel());
    yield_now().await;
    let c = create_task(arrive("c", barrier.clone()));
    yield_now().await;
    arrive("main", barrier.clone()).await;
    b.await.unwrap();
    c.await.unwrap();
}
