//! S-BARRIER-2: who comes while a round leaves waits for that, then counts for the next round.

use std::rc::Rc;

use tulipa::sync::local::Barrier;
use tulipa::{create_task, yield_now};

async fn arrive(name: &str, barrier: Rc<Barrier>) {
    println!("{name} arrives");
    let index = barrier.wait().await.unwrap();
    println!("{name} goes on with {index}, waiting: {}", barrier.n_waiting());
}

pub(crate) async fn main() {
    let barrier = Rc::new(Barrier::new(2));
    let [a, b, c] = ["a", "b", "c"].map(|name| create_task(arrive(name, barrier.clone())));
    a.await.unwrap();
    b.await.unwrap();
    for _ in 0..3 {
        yield_now().await;
    }
    println!("c has ended: {}, waiting: {}", c.done(), barrier.n_waiting());
    arrive("main", barrier.clone()).await;
    c.await.unwrap();
}
