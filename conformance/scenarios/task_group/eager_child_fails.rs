//! S-TG-10: an eager child that fails does not interrupt the body where it is made.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::rt::TaskFactory;
use tulipa::task::eager_task_factory;
use tulipa::{TaskGroup, rt};

async fn fail() -> Result<(), &'static str> {
    println!("the child fails");
    Err("boom")
}

pub(crate) async fn main() {
    rt::current().tasks().set_factory(Some(TaskFactory::new(eager_task_factory)));
    let group = TaskGroup::run(async |group| {
        group.try_create_task(fail()).detach();
        println!("the body goes on");
        let cleanup = async || println!("the body is cancelled at its next wait");
        pending::<()>().finally(cleanup).await;
    });
    if let Err(failed) = group.await {
        let said: Vec<_> = failed.errors().iter().map(|it| it.failure().to_string()).collect();
        println!("failed: {}", said.join(" "));
    }
}
