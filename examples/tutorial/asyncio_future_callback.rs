//! When a promise is done its callbacks run, in the order in which they were added.
#![expect(clippy::unused_async, reason = "adding callbacks does not wait")]

use std::error::Error;

use tulipa::{EventLoop, Promise};

fn callback(promise: &Promise<&'static str>, n: u32) {
    println!("{n}: future done: {}", promise.result().expect("it has a result"));
}

async fn register_callbacks(promise: &Promise<&'static str>) {
    println!("registering callbacks on future");
    promise.add_done_callback(|promise| callback(promise, 1));
    promise.add_done_callback(|promise| callback(promise, 2));
}

async fn async_main(promise: Promise<&'static str>) {
    register_callbacks(&promise).await;
    println!("setting result of future");
    promise.set_result("the result").expect("nobody else sets it");
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    let promise = event_loop.create_promise();
    event_loop.run_until_complete(async_main(promise))?;
    event_loop.close();
    Ok(())
}
