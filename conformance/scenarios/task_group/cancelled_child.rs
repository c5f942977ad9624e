//! S-TG-4: a child that ends cancelled is no failure: the others and the body go on.

use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{TaskGroup, sleep, wait};

use crate::clock::ms;

async fn child(name: &str) {
    let work = async {
        sleep(Duration::from_millis(50)).await;
        println!("{} ms: {name} is done", ms());
    };
    work.finally(async || println!("{} ms: {name} ends", ms())).await;
}

pub(crate) async fn main() {
    let mut cancelled = false;
    let group = TaskGroup::run(async |group| {
        let unwanted = group.create_task(child("the unwanted one"));
        group.create_task(child("the other one")).detach();
        sleep(Duration::from_millis(20)).await;
        unwanted.cancel();
        wait([&unwanted]).await;
        println!("{} ms: the body goes on", ms());
        cancelled = unwanted.cancelled();
    });
    group.await.unwrap();
    println!("{} ms: the group is over, cancelled: {cancelled}", ms());
}
