//! S-TG-2, S-TG-3: an inner group that fails has ended when the outer one hears of it.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{TaskGroup, sleep};

use crate::clock::ms;

async fn sleeper(name: &str) {
    let cleanup = async || {
        println!("{} ms: {name} cleans up", ms());
        sleep(Duration::from_millis(10)).await;
        println!("{} ms: {name} is clean", ms());
    };
    sleep(Duration::from_secs(1)).finally(cleanup).await;
}

async fn fail() -> Result<(), String> {
    sleep(Duration::from_millis(20)).await;
    Err("boom".into())
}

async fn inner() -> Result<(), &'static str> {
    let group = TaskGroup::run(async |group| {
        group.create_task(sleeper("the inner sibling")).detach();
        group.try_create_task(fail()).detach();
    });
    group.await.map_err(|failed| {
        let errors = failed.errors().iter().map(|error| error.failure().to_string());
        println!("{} ms: the inner group: {}", ms(), errors.collect::<Vec<_>>().join(", "));
        "the inner group failed"
    })
}

pub(crate) async fn main() {
    let group = TaskGroup::run(async |group| {
        group.create_task(sleeper("the outer sibling")).detach();
        group.try_create_task(inner()).detach();
    });
    if group.await.is_err() {
        println!("{} ms: the outer group failed", ms());
    }
}
