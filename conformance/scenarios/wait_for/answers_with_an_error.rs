//! S-WAITFOR-5: what answers the deadline with an error of its own fails with that one.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{sleep, timeout};

use crate::clock::ms;

async fn work() -> Result<(), String> {
    let Err(cancelled) = catch_cancel(sleep(Duration::from_secs(1))).await else { return Ok(()) };
    println!("{} ms: the deadline has come", ms());
    sleep(Duration::from_millis(5)).await;
    cancelled.suppress();
    Err("the cleanup failed".into())
}

pub(crate) async fn main() {
    match timeout(Duration::from_millis(20), work()).await {
        Ok(Ok(())) => println!("the work is done"),
        Ok(Err(error)) => println!("{} ms: {error}", ms()),
        Err(_) => println!("timed out"),
    }
}
