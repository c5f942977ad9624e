//! S-EVENT-1: the first to wake clears the event, and the second goes on all the same.

use std::rc::Rc;

use tulipa::sync::local::Event;
use tulipa::{Task, create_task, yield_now};

async fn wait(name: &str, event: Rc<Event>) {
    loop {
        event.wait().await;
        println!("{name} goes on, set: {}", event.is_set());
        event.clear();
    }
}

pub(crate) async fn main() {
    let event = Rc::new(Event::new());
    let tasks = ["a", "b"].map(|name| create_task(wait(name, event.clone())));
    for _ in 0..2 {
        yield_now().await;
        println!("set");
        event.set();
        yield_now().await;
    }
    for task in &tasks {
        task.cancel();
    }
    yield_now().await;
    println!("ended: {}", tasks.iter().all(Task::cancelled));
}
