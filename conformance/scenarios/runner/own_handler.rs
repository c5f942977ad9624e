//! S-RUN-7: a program that handles SIGINT by itself keeps it, and main is not cancelled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use signal_hook::consts::SIGINT;
use signal_hook::low_level::raise;
use tulipa::{Runner, yield_now};

async fn main_task(seen: Arc<AtomicBool>) -> &'static str {
    raise(SIGINT).unwrap();
    yield_now().await;
    println!("main goes on, the program has seen it: {}", seen.load(SeqCst));
    "a value"
}

pub(crate) fn main() {
    let seen = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(SIGINT, seen.clone()).unwrap();
    let runner = Runner::new().unwrap();
    println!("the run gives {}", runner.run(main_task(seen)).unwrap());
}
