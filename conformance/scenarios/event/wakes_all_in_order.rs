//! S-EVENT-1: setting an event wakes all who wait, in order of arrival, in one iteration.

use std::rc::Rc;

use tulipa::sync::local::Event;
use tulipa::{create_task, yield_now};

async fn wait(name: &str, event: Rc<Event>) {
    println!("{name} waits");
    event.wait().await;
    println!("{name} goes on");
}

async fn count() {
    for n in 1..=3 {
        println!("iteration {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let event = Rc::new(Event::new());
    let tasks = ["a", "b", "c"].map(|name| create_task(wait(name, event.clone())));
    yield_now().await;
    let counter = create_task(count());
    event.set();
    println!("set: {}", event.is_set());
    counter.await.unwrap();
    for task in tasks {
        task.await.unwrap();
    }
}
