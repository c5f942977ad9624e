//! S-TG-2: a child is made in the step in which another one fails.
//!
//! Differs: S-TG-2: the failure is told in that step, so the new child never starts.

use std::future::pending;

use tulipa::TaskGroup;
use tulipa::cancel::CancelExt;

async fn fail(group: TaskGroup) -> Result<(), String> {
    println!("the first child makes another, and fails");
    group.create_task(never()).detach();
    Err("boom".into())
}

async fn never() {
    let body = async {
        println!("the other one starts");
        pending::<()>().await;
    };
    body.finally(async || println!("the other one ends")).await;
}

pub(crate) async fn main() {
    let group = TaskGroup::run(async |group| {
        group.try_create_task(fail(group.clone())).detach();
        pending::<()>().await;
    });
    let failed = group.await.unwrap_err();
    let errors = failed.errors().iter().map(|error| error.failure().to_string());
    println!("{}", errors.collect::<Vec<_>>().join(", "));
}
