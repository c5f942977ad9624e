//! A coroutine does nothing until a loop runs it.
#![expect(clippy::unused_async, reason = "this coroutine has nothing to wait for")]

use std::any::type_name_of_val;
use std::error::Error;

use tulipa::EventLoop;

async fn coroutine() {
    println!("now in coroutine");
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    println!("start coroutine");
    let coro = coroutine();
    println!("{}", type_name_of_val(&coro));
    println!("enter event loop");
    event_loop.run_until_complete(coro)?;
    println!("close event loop");
    event_loop.close();
    Ok(())
}
