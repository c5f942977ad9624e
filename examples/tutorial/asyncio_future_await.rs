//! A promise can be awaited like a coroutine.

use std::error::Error;

use tulipa::task::PromiseError;
use tulipa::{EventLoop, Promise};

fn set_result(promise: &Promise<&'static str>, result: &'static str) {
    println!("setting future result to {result}");
    promise.set_result(result).expect("nobody else sets it");
}

async fn async_main(event_loop: EventLoop) -> Result<(), PromiseError> {
    let promise = Promise::new();
    println!("scheduling set_result");
    let setter = promise.clone();
    event_loop.call_soon(move || set_result(&setter, "the result"));
    let ret = promise.await?;
    println!("returned result: {ret}");
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(async_main(event_loop.clone()))??;
    event_loop.close();
    Ok(())
}
