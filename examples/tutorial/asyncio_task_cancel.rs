//! A task that is cancelled before it has started never runs; whoever awaits it is told.
#![expect(clippy::unused_async, reason = "this task has nothing to wait for")]

use std::error::Error;

use tulipa::EventLoop;

async fn func_task() -> &'static str {
    println!("now in function task");
    "task result"
}

async fn async_main(event_loop: EventLoop) {
    println!("creating task");
    let task = event_loop.create_task(func_task());

    println!("canceling task");
    task.cancel();

    println!("canceled task {task:?}");

    match task.await {
        Ok(result) => println!("task result: {result:?}"),
        Err(error) if error.is_cancelled() => println!("caught error from canceled task"),
        Err(error) => println!("{error}"),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(async_main(event_loop.clone()))?;
    event_loop.close();
    Ok(())
}
