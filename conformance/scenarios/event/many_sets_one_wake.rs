//! S-EVENT-1: a worker that clears the event when it wakes sees two sets in a row as one.

use std::rc::Rc;

use tulipa::sync::local::Event;
use tulipa::{create_task, yield_now};

async fn work(event: Rc<Event>) {
    for n in 1..=3 {
        event.wait().await;
        event.clear();
        println!("woken {n}");
    }
}

pub(crate) async fn main() {
    let event = Rc::new(Event::new());
    let worker = create_task(work(event.clone()));
    yield_now().await;
    println!("set twice");
    event.set();
    event.set();
    yield_now().await;
    yield_now().await;
    for _ in 0..2 {
        println!("set");
        event.set();
        yield_now().await;
    }
    worker.await.unwrap();
}
