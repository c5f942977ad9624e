//! S-RUN-5: a main that swallows Ctrl-C and returns gives its value, as if nothing had been.

use std::future::pending;

use signal_hook::consts::SIGINT;
use signal_hook::low_level::raise;
use tulipa::cancel::catch_cancel;
use tulipa::{Runner, current_task, yield_now};

async fn main_task() -> &'static str {
    raise(SIGINT).unwrap();
    if let Err(cancelled) = catch_cancel(pending::<()>()).await {
        println!("swallowed, requests: {}", current_task().unwrap().cancelling());
        cancelled.suppress();
    }
    yield_now().await;
    println!("main goes on");
    "a value"
}

pub(crate) fn main() {
    let runner = Runner::new().unwrap();
    for _ in 0..2 {
        println!("the run gives {}", runner.run(main_task()).unwrap());
    }
}
