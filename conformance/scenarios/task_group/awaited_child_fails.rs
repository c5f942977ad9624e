//! S-TG-2: a body that awaits the child that fails is cancelled there; the error is the group's.

use tulipa::cancel::catch_cancel;
use tulipa::{TaskGroup, yield_now};

async fn child() -> Result<(), String> {
    yield_now().await;
    println!("the child fails");
    Err("boom".into())
}

pub(crate) async fn main() {
    let group = TaskGroup::run(async |group| {
        let task = group.try_create_task(child());
        match catch_cancel(task).await {
            Ok(Ok(())) => println!("never"),
            Err(cancelled) => {
                println!("the body is cancelled");
                cancelled.resume().await;
            }
            Ok(Err(_)) => println!("the body has the error"),
        }
    });
    let failed = group.await.unwrap_err();
    let errors = failed.errors().iter().map(|error| error.failure().to_string());
    println!("{}", errors.collect::<Vec<_>>().join(", "));
}
