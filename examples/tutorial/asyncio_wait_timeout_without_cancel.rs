//! Tasks that are pending when their loop closes are reported and dropped: cancel them instead.

use std::error::Error;
use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{EventLoop, create_task, sleep, wait};

async fn phase(i: u32) -> String {
    println!("now in phase {i}");
    match catch_cancel(sleep(Duration::from_millis(100) * i)).await {
        Ok(()) => {
            println!("done with phase {i}");
            format!("phase {i} result")
        }
        Err(cancelled) => {
            println!("phase {i} canceled");
            cancelled.resume().await
        }
    }
}

async fn async_main(phase_count: u32) {
    println!("now in main");
    let phases = (0..phase_count).map(|i| create_task(phase(i)));
    println!("wait 0.1s for phases to complete");
    let (completed, pending) = wait(phases).timeout(Duration::from_millis(100)).await;
    println!("{} completed and {} pending", completed.len(), pending.len());
    println!("exiting main");
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(async_main(3))?;
    event_loop.close();
    Ok(())
}
