//! S-GATHER-1: a future that is given twice fills both places.

use tulipa::{Promise, gather, rt};

pub(crate) async fn main() {
    let promise = Promise::new();
    let setter = promise.clone();
    rt::current().call_soon(Box::new(move || setter.set_result("once").unwrap()));
    let (first, second) = gather((promise.clone(), promise)).await;
    println!("{} {}", first.unwrap(), second.unwrap());
}
