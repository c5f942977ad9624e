//! S-EVENT-1: a wake-up that is passed from event to event takes an iteration each.

use std::rc::Rc;

use tulipa::sync::local::Event;
use tulipa::{create_task, yield_now};

async fn run(name: &str, mine: Rc<Event>, next_one: Rc<Event>) {
    mine.wait().await;
    println!("{name} has the baton");
    next_one.set();
}

async fn count() {
    for n in 1..=4 {
        println!("iteration {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let events: [Rc<Event>; 4] = Default::default();
    for (name, pair) in ["a", "b", "c"].iter().zip(events.windows(2)) {
        create_task(run(name, pair[0].clone(), pair[1].clone())).detach();
    }
    yield_now().await;
    let counter = create_task(count());
    events[0].set();
    events[3].wait().await;
    println!("main has the baton");
    counter.await.unwrap();
}
