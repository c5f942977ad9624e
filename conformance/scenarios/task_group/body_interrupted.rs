//! S-TG-5: what interrupts the body comes out alone, when the children have ended.

use std::future::pending;
use std::panic::catch_unwind;

use tulipa::cancel::CancelExt;
use tulipa::{TaskGroup, yield_now};

async fn child() {
    let cleanup = async || {
        yield_now().await;
        println!("the child is clean");
    };
    pending::<()>().finally(cleanup).await;
}

async fn main_task() {
    let group = TaskGroup::run(async |group| {
        group.create_task(child()).detach();
        yield_now().await;
        println!("the body is interrupted");
        panic!("interrupted");
    });
    if group.await.is_err() {
        println!("in a group");
    }
}

pub(crate) fn main() {
    if catch_unwind(|| tulipa::run(main_task())).is_err() {
        println!("alone");
    }
}
