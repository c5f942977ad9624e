//! S-EVENT-1: those who waited go on though it was cleared at once; who comes later waits.

use std::rc::Rc;

use tulipa::sync::local::Event;
use tulipa::{create_task, yield_now};

async fn wait(name: &str, event: Rc<Event>) {
    println!("{name} waits");
    event.wait().await;
    println!("{name} goes on, set: {}", event.is_set());
}

pub(crate) async fn main() {
    let event = Rc::new(Event::new());
    let [a, b] = ["a", "b"].map(|name| create_task(wait(name, event.clone())));
    yield_now().await;
    event.set();
    event.clear();
    println!("set and cleared, set: {}", event.is_set());
    let late = create_task(wait("the late one", event.clone()));
    a.await.unwrap();
    b.await.unwrap();
    yield_now().await;
    println!("once more");
    event.set();
    late.await.unwrap();
}
