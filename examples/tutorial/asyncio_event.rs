//! An event is a flag: set it, and everybody who waits for it goes on.

use std::error::Error;
use std::rc::Rc;
use std::time::Duration;

use tulipa::sync::local::Event;
use tulipa::{EventLoop, create_task, wait};

fn set_event(event: &Event) {
    println!("setting event in callback");
    event.set();
}

async fn coroutine1(event: Rc<Event>) {
    println!("coroutine 1 waiting for event");
    event.wait().await;
    println!("coroutine 1 triggered");
}

async fn coroutine2(event: Rc<Event>) {
    event.wait().await;
    println!("coroutine 2 triggered");
}

async fn async_main(event_loop: EventLoop) {
    let event = Rc::new(Event::new());
    println!("event start state: {}", event.is_set());
    let setter = event.clone();
    event_loop.call_later(Duration::from_millis(100), move || set_event(&setter));
    wait([create_task(coroutine1(event.clone())), create_task(coroutine2(event.clone()))]).await;
    println!("event end state: {}", event.is_set());
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(async_main(event_loop.clone()))?;
    event_loop.close();
    Ok(())
}
