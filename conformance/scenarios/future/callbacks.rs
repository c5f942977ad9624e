//! S-FUT-3: done-callbacks run from the loop, in the order added, and never inside the call.

use tulipa::{Promise, yield_now};

pub(crate) async fn main() {
    let promise = Promise::new();
    for name in ["first", "second"] {
        promise.add_done_callback(move |promise: &Promise<i32>| {
            println!("{name} callback: {}", promise.result().unwrap());
        });
    }
    promise.set_result(7).unwrap();
    println!("set");
    promise.add_done_callback(|promise| println!("late callback: {}", promise.result().unwrap()));
    println!("added to a done one");
    yield_now().await;
    println!("after one iteration");
}
