//! Start several tasks, and go on when all are done.

use std::error::Error;
use std::time::Duration;

use tulipa::task::JoinError;
use tulipa::{EventLoop, create_task, sleep, wait};

async fn phase(i: u32) -> String {
    println!("now in phase {i}");
    sleep(Duration::from_millis(100) * i).await;
    println!("done with phase {i}");
    format!("phase {i} result")
}

async fn async_main(phase_count: u32) -> Result<(), JoinError> {
    println!("now in main");
    let phases = (0..phase_count).map(|i| create_task(phase(i)));
    println!("waiting for phases to complete");
    let (done, _pending) = wait(phases).await;
    let mut results = Vec::new();
    for task in done {
        results.push(task.await?);
    }
    println!("results: {results:?}");
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(async_main(3))??;
    event_loop.close();
    Ok(())
}
