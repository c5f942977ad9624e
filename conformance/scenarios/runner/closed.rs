//! S-RUN-8: the loop of a runner that is closed runs no more.

use tulipa::{RunError, Runner};

async fn hello() {
    println!("never");
}

pub(crate) fn main() {
    let runner = Runner::new().unwrap();
    let event_loop = runner.event_loop().clone();
    runner.close();
    println!("closed: {}", event_loop.is_closed());
    if let Err(RunError::Closed) = event_loop.run_until_complete(hello()) {
        println!("refused");
    }
}
