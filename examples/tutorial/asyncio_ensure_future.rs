//! A task is a value: hand it on, and whoever has it can await it without knowing what it runs.
#![expect(clippy::unused_async, reason = "the innermost coroutine has nothing to wait for")]

use std::error::Error;

use tulipa::task::JoinError;
use tulipa::{EventLoop, Task, create_task};

async fn wrapped() -> &'static str {
    println!("now in function wrapped");
    "result"
}

async fn inner(task: Task<&str>) -> Result<(), JoinError> {
    println!("now in function inner");
    println!("inner: waiting for {task:?}");
    let ret = task.await?;
    println!("inner: task return: {ret}");
    Ok(())
}

async fn outer() -> Result<(), JoinError> {
    println!("creating task");
    let task = create_task(wrapped());
    println!("waiting for inner");
    inner(task).await?;
    println!("inner returned");
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(outer())??;
    event_loop.close();
    Ok(())
}
