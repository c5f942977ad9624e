//! A coroutine awaits others one after the other, as a function calls functions.
#![expect(clippy::unused_async, reason = "the innermost coroutines have nothing to wait for")]

use std::error::Error;

use tulipa::EventLoop;

async fn call_first() -> &'static str {
    println!("now in first");
    "first"
}

async fn call_second(arg: &str) -> String {
    println!("now in second");
    format!("second with arg: {arg}")
}

async fn coroutine() -> (&'static str, String) {
    println!("now in coroutine");
    println!("wait for function first");
    let ret1 = call_first().await;
    println!("wait for function second");
    let ret2 = call_second(ret1).await;
    (ret1, ret2)
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    let ret = event_loop.run_until_complete(coroutine())?;
    println!("result value: {ret:?}");
    event_loop.close();
    Ok(())
}
