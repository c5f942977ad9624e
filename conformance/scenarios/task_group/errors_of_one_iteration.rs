//! S-TG-2, S-TG-3: children that fail in the iteration of the first error are all told of.

use tulipa::{TaskGroup, yield_now};

async fn fail(name: &'static str) -> Result<(), String> {
    println!("{name} starts");
    yield_now().await;
    println!("{name} fails");
    Err(name.into())
}

pub(crate) async fn main() {
    let group = TaskGroup::run(async |group| {
        for name in ["a", "b", "c"] {
            group.try_create_task(fail(name)).detach();
        }
    });
    let failed = group.await.unwrap_err();
    let errors = failed.errors().iter().map(|error| error.failure().to_string());
    println!("{}", errors.collect::<Vec<_>>().join(", "));
}
