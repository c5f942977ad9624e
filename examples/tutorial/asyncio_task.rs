//! A task runs on its own; its handle shows how far it is and, awaited, gives the result.
#![expect(clippy::unused_async, reason = "this task has nothing to wait for")]

use std::error::Error;

use tulipa::EventLoop;
use tulipa::task::JoinError;

async fn func_task() -> &'static str {
    println!("now in function task");
    "the result"
}

async fn async_main(event_loop: EventLoop) -> Result<(), JoinError> {
    println!("creating task");
    let mut task = event_loop.create_task(func_task());
    println!("waiting for {task:?}");
    let ret = (&mut task).await?;
    println!("task completed {task:?}");
    println!("return value: {ret}");
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(async_main(event_loop.clone()))??;
    event_loop.close();
    Ok(())
}
