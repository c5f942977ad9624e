//! S-RUN-6: the second Ctrl-C, in a step of main.
//!
//! Differs: S-RUN-6: the step goes on to its next wait; the run ends, and main is cancelled after.

use std::future::pending;

use signal_hook::consts::SIGINT;
use signal_hook::low_level::raise;
use tulipa::cancel::catch_cancel;
use tulipa::{RunError, Runner};

async fn main_task() {
    raise(SIGINT).unwrap();
    if let Err(cancelled) = catch_cancel(pending::<()>()).await {
        println!("main is cancelled and stays");
        cancelled.suppress();
    }
    let second = async {
        raise(SIGINT).unwrap();
        println!("the step goes on");
        pending::<()>().await;
    };
    if let Err(cancelled) = catch_cancel(second).await {
        println!("main is cancelled once more");
        println!("main ends");
        cancelled.resume().await;
    }
}

pub(crate) fn main() {
    let runner = Runner::new().unwrap();
    if let Err(RunError::Interrupted) = runner.run(main_task()) {
        println!("interrupted");
    }
    runner.close();
    println!("closed");
}
