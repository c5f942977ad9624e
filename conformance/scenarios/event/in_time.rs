//! S-EVENT-1: of two who wait for so long and no longer, one is there when the event is set.

use std::rc::Rc;
use std::time::Duration;

use tulipa::sync::local::Event;
use tulipa::{create_task, sleep, timeout};

use crate::clock::ms;

async fn wait(name: &str, patience: u64, event: Rc<Event>) {
    match timeout(Duration::from_millis(patience), event.wait()).await {
        Ok(()) => println!("{} ms: {name} goes on", ms()),
        Err(_) => println!("{} ms: {name} gives up", ms()),
    }
}

pub(crate) async fn main() {
    let event = Rc::new(Event::new());
    let a = create_task(wait("a", 30, event.clone()));
    let b = create_task(wait("b", 10, event.clone()));
    sleep(Duration::from_millis(20)).await;
    println!("{} ms: set", ms());
    event.set();
    a.await.unwrap();
    b.await.unwrap();
}
