//! S-BARRIER-5: an aborted barrier breaks those who wait and all who come, until it is reset.

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
    barrier.abort();
    println!("aborted, broken: {}, waiting: {}", barrier.broken(), barrier.n_waiting());
    arrive("main", barrier.clone()).await;
    a.await.unwrap();
    b.await.unwrap();
    arrive("main", barrier.clone()).await;
    barrier.reset();
    println!("reset, broken: {}", barrier.broken());
    let tasks = ["c", "d", "e"].map(|name| create_task(arrive(name, barrier.clone())));
    for task in tasks {
        task.await.unwrap();
    }
}
