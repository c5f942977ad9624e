//! S-LOOP-12: a runner does not run inside another one's run, and that one goes on.

use tulipa::{RunError, Runner, yield_now};

async fn inner() {
    println!("never");
}

async fn outer() {
    let runner = Runner::new().unwrap();
    if let Err(RunError::AlreadyRunning) = runner.run(inner()) {
        println!("refused");
    }
    yield_now().await;
    println!("the outer run goes on");
}

pub(crate) fn main() {
    tulipa::run(outer());
    println!("the outer run is over");
}
