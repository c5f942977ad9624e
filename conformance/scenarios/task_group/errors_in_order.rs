//! S-TG-3: errors come out together, in the order in which they happened, and the body's last.

use std::time::Duration;

use tulipa::cancel::catch_cancel;
use tulipa::{TaskGroup, sleep};

async fn fail(name: &'static str, after: u64) -> Result<(), String> {
    let nap = Duration::from_millis(after);
    if let Err(cancelled) = catch_cancel(sleep(nap)).await {
        sleep(nap).await;
        cancelled.suppress();
        return Err(format!("{name} failed in its cleanup"));
    }
    Err(format!("{name} failed"))
}

pub(crate) async fn main() {
    let group = TaskGroup::try_run(async |group| {
        group.try_create_task(fail("a", 60)).detach();
        group.try_create_task(fail("b", 40)).detach();
        group.try_create_task(fail("c", 20)).detach();
        let Err(cancelled) = catch_cancel(sleep(Duration::from_secs(1))).await else {
            return Ok(());
        };
        cancelled.suppress();
        Err("the body failed")
    });
    for error in group.await.unwrap_err().errors() {
        println!("{}", error.failure());
    }
}
