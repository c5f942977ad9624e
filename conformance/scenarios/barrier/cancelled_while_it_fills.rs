//! S-BARRIER-3: a waiter that is cancelled is not there any more, and breaks nothing.

use std::rc::Rc;

use tulipa::cancel::catch_cancel;
use tulipa::sync::local::Barrier;
use tulipa::{create_task, yield_now};

async fn arrive(name: &str, barrier: Rc<Barrier>) {
    println!("{name} arrives");
    if let Err(cancelled) = catch_cancel(barrier.wait()).await {
        println!("{name} is cancelled, waiting: {}", barrier.n_waiting());
        cancelled.resume().await;
    }
    println!("{name} goes on");
}

pub(crate) async fn main() {
    let barrier = Rc::new(Barrier::new(3));
    let [a, b] = ["a", "b"].map(|name| create_task(arrive(name, barrier.clone())));
    yield_now().await;
    println!("cancel: {}, waiting: {}", a.cancel(), barrier.n_waiting());
    yield_now().await;
    let c = create_task(arrive("c", barrier.clone()));
    yield_now().await;
    println!("waiting: {}, broken: {}", barrier.n_waiting(), barrier.broken());
    arrive("main", barrier.clone()).await;
    b.await.unwrap();
    c.await.unwrap();
}
