//! Run coroutines side by side, and have their results in the order of the arguments.

use std::error::Error;
use std::time::Duration;

use tulipa::{EventLoop, gather, sleep};

async fn phase1() -> &'static str {
    println!("now in phase 1");
    sleep(Duration::from_secs(2)).await;
    println!("done with phase 1");
    "phase 1 result"
}

async fn phase2() -> &'static str {
    println!("now in phase 2");
    sleep(Duration::from_secs(1)).await;
    println!("done with phase 2");
    "phase 2 result"
}

async fn async_main() {
    println!("now in main");
    println!("waiting for phases to complete");
    let results: [&str; 2] = gather((phase1(), phase2())).await.into();
    println!("results: {results:?}");
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(async_main())?;
    event_loop.close();
    Ok(())
}
