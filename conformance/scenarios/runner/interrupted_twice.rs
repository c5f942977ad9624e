//! S-RUN-6: the second Ctrl-C, in a callback, ends the run; main is cancelled as the runner closes.

use std::future::pending;

use signal_hook::consts::SIGINT;
use signal_hook::low_level::raise;
use tulipa::cancel::{CancelExt, catch_cancel};
use tulipa::{RunError, Runner, rt, yield_now};

fn interrupt() {
    println!("again");
    raise(SIGINT).unwrap();
}

async fn main_task() {
    raise(SIGINT).unwrap();
    if let Err(cancelled) = catch_cancel(pending::<()>()).await {
        println!("main is cancelled and stays");
        cancelled.suppress();
    }
    rt::current().call_soon(Box::new(interrupt));
    let cleanup = async || {
        println!("main is cancelled once more");
        yield_now().await;
        println!("main is clean");
    };
    pending::<()>().finally(cleanup).await;
}

pub(crate) fn main() {
    let runner = Runner::new().unwrap();
    if let Err(RunError::Interrupted) = runner.run(main_task()) {
        println!("interrupted");
    }
    runner.close();
    println!("closed");
}
