//! A coroutine need not be an `async fn`: any function that returns a future is one.
#![expect(clippy::manual_async_fn, reason = "to show what an `async fn` stands for")]

use std::error::Error;

use tulipa::EventLoop;

fn call_first() -> impl Future<Output = &'static str> {
    async {
        println!("now in first");
        "first"
    }
}

fn call_second(arg: &str) -> impl Future<Output = String> {
    async move {
        println!("now in second");
        format!("second with arg: {arg}")
    }
}

fn coroutine() -> impl Future<Output = (&'static str, String)> {
    async {
        println!("now in coroutine");
        println!("wait for function first");
        let ret1 = call_first().await;
        println!("wait for function second");
        let ret2 = call_second(ret1).await;
        (ret1, ret2)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    let ret = event_loop.run_until_complete(coroutine())?;
    println!("result value: {ret:?}");
    event_loop.close();
    Ok(())
}
