//! S-BARRIER-4: a reset sends those who wait away with an error, and nobody who comes later.

use std::rc::Rc;

use tulipa::sync::local::Barrier;
use tulipa::{create_task, yield_now};

async fn arrive(name: &str, barrier: Rc<Barrier>) {
    println!("{name} arrives");
    match barrier.wait().await {
        Ok(index) => println!("{name} goes on with {index}"),
        Err(_) => println!("{name} is broken, waiting: {}", barrier.n_waiting()),
    }
}

pub(crate) async fn main() {
    let barrier = Rc::new(Barrier::new(3));
    let [a, b] = ["a", "b"].map(|name| create_task(arrive(name, barrier.clone())));
    yield_now().await;
    println!("waiting: {}", barrier.n_waiting());
    let [c, d] = ["c", "d"].map(|name| create_task(arrive(name, barrier.clone())));
    barrier.reset();
    println!("reset, waiting: {}, broken: {}", barrier.n_waiting(), barrier.broken());
    a.await.unwrap();
    b.await.unwrap();
    yield_now().await;
    println!("waiting: {}", barrier.n_waiting());
    arrive("main", barrier.clone()).await;
    c.await.unwrap();
    d.await.unwrap();
}
