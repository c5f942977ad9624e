//! S-FUT-4: a callback can be taken back until the future is done, not after.

use tulipa::{Promise, yield_now};

pub(crate) async fn main() {
    let promise = Promise::new();
    let first = promise.add_done_callback(|_| println!("the first"));
    let second = promise.add_done_callback(|_| println!("the second"));
    let third = promise.add_done_callback(|_| println!("the third"));
    println!("taken back: {}", u8::from(promise.remove_done_callback(second)));
    println!("again: {}", u8::from(promise.remove_done_callback(second)));
    promise.set_result(()).unwrap();
    println!("when done: {}", u8::from(promise.remove_done_callback(first)));
    println!("when done: {}", u8::from(promise.remove_done_callback(third)));
    yield_now().await;
}
