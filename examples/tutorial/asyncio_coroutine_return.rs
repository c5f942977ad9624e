//! What a coroutine returns, the loop gives to whoever ran it.
#![expect(clippy::unused_async, reason = "this coroutine has nothing to wait for")]

use std::error::Error;

use tulipa::EventLoop;

async fn coroutine() -> &'static str {
    println!("now in coroutine");
    "result"
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    let ret = event_loop.run_until_complete(coroutine())?;
    println!("coroutine returned: {ret}");
    event_loop.close();
    Ok(())
}
