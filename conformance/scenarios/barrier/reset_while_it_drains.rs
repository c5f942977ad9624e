//! S-BARRIER-4: a reset breaks also those who were let go and have not left yet.

use std::rc::Rc;

use tulipa::sync::local::Barrier;
use tulipa::{create_task, yield_now};

async fn arrive(name: &str, barrier: Rc<Barrier>) {
    println!("{name} arrives");
    match barrier.wait().await {
        Ok(index) => println!("{name} goes on with {index}"),
        Err(_) => println!("{name} is broken"),
    }
}

pub(crate) async fn main() {
    let barrier = Rc::new(Barrier::new(3));
    let [a, b] = ["a", "b"].map(|name| create_task(arrive(name, barrier.clone())));
    yield_now().await;
    arrive("main", barrier.clone()).await;
    barrier.reset();
    println!("reset, broken: {}", barrier.broken());
    a.await.unwrap();
    b.await.unwrap();
    let tasks = ["c", "d", "e"].map(|name| create_task(arrive(name, barrier.clone())));
    for task in tasks {
        task.await.unwrap();
    }
}
