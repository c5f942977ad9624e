//! S-TG-2, S-TIMEOUT-5: a child that times out fails the group, unless it sees to it itself.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::time::TimeoutError;
use tulipa::{TaskGroup, sleep, timeout};

use crate::clock::ms;

const SECOND: Duration = Duration::from_secs(1);

async fn patient() {
    if timeout(Duration::from_millis(10), sleep(SECOND)).await.is_err() {
        println!("{} ms: the patient one tries no more", ms());
    }
}

async fn strict() -> Result<(), TimeoutError> {
    timeout(Duration::from_millis(30), sleep(SECOND)).await
}

async fn sibling() {
    sleep(SECOND).finally(async || println!("{} ms: the sibling is cancelled", ms())).await;
}

pub(crate) async fn main() {
    let group = TaskGroup::run(async |group| {
        group.create_task(patient()).detach();
        group.try_create_task(strict()).detach();
        group.create_task(sibling()).detach();
    });
    let errors = group.await.unwrap_err().into_errors();
    let timed_out = errors.iter().filter_map(|error| error.downcast_ref::<TimeoutError>());
    println!("{} ms: timed out: {}", ms(), timed_out.count());
}
