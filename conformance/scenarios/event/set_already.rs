//! S-EVENT-1: waiting for an event that is set does not suspend.

use std::rc::Rc;

use tulipa::create_task;
use tulipa::sync::local::Event;

async fn wait(name: &str, event: Rc<Event>) {
    for n in 1..=3 {
        event.wait().await;
        println!("{name} {n}");
    }
}

pub(crate) async fn main() {
    let event = Rc::new(Event::new());
    event.set();
    let [a, b] = ["a", "b"].map(|name| create_task(wait(name, event.clone())));
    event.wait().await;
    println!("main first");
    a.await.unwrap();
    b.await.unwrap();
}
