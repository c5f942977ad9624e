//! A promise is a result that is not there yet: the loop runs until a callback sets it.

use std::error::Error;

use tulipa::{EventLoop, Promise};

fn set_result(promise: &Promise<&'static str>, result: &'static str) {
    println!("setting future result to {result}");
    promise.set_result(result).expect("nobody else sets it");
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    let promise = event_loop.create_promise();
    println!("scheduling set_result");
    let setter = promise.clone();
    event_loop.call_soon(move || set_result(&setter, "the result"));
    println!("entering event loop");
    let ret = event_loop.run_until_complete(promise.clone())??;
    println!("returned result: {ret}");
    event_loop.close();

    println!("future result: {}", promise.result()?);
    Ok(())
}
