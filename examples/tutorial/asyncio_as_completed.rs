//! Run coroutines side by side, and take each result as soon as it is there.

use std::error::Error;
use std::time::Duration;

use tulipa::{EventLoop, as_completed, sleep};

async fn phase(i: u64) -> String {
    println!("now in phase {i}");
    sleep(Duration::from_millis(500 - 100 * i)).await;
    println!("done with phase {i}");
    format!("phase {i} result")
}

async fn async_main(phase_count: u64) -> Vec<String> {
    println!("now in main");
    let phases = (0..phase_count).map(phase);
    println!("waiting for phases to complete");
    let mut results = Vec::new();
    let mut completed = as_completed(phases);
    while let Some(answer) = completed.next().await {
        println!("received answer {answer}");
        results.push(answer);
    }
    println!("results: {results:?}");
    results
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(async_main(3))?;
    event_loop.close();
    Ok(())
}
