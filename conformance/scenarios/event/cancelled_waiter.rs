//! S-EVENT-1: a waiter that is cancelled leaves, and the others are woken in their order.

use std::rc::Rc;

use tulipa::cancel::catch_cancel;
use tulipa::sync::local::Event;
use tulipa::{create_task, yield_now};

async fn wait(name: &str, event: Rc<Event>) {
    if let Err(cancelled) = catch_cancel(event.wait()).await {
        println!("{name} is cancelled, set: {}", event.is_set());
        cancelled.resume().await;
    }
    println!("{name} goes on");
}

pub(crate) async fn main() {
    let event = Rc::new(Event::new());
    let [a, b, c] = ["a", "b", "c"].map(|name| create_task(wait(name, event.clone())));
    yield_now().await;
    println!("cancel: {}", b.cancel());
    yield_now().await;
    event.set();
    println!("set");
    a.await.unwrap();
    c.await.unwrap();
    println!("b ended cancelled: {}", b.cancelled());
}
